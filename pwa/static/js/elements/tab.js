/** Whether this is an iPhone's browser, where a week without a visit deletes all that a site keeps, and not the app on its Home Screen. */
export function isIphoneTab() {
  const { userAgent, maxTouchPoints } = navigator;
  const isIphone = /iPhone|iPad/.test(userAgent) || (/Macintosh/.test(userAgent) && maxTouchPoints > 1);
  return isIphone && !isInstalled();
}

/** Whether it was opened from the home screen. */
export const isInstalled = () =>
  matchMedia("(display-mode: standalone)").matches || ("standalone" in navigator && navigator.standalone === true);
