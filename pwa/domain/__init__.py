"""What is true of ketamine therapy on paper too: plain values and rules, without a web, a table or a clock."""
