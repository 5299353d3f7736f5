const form = document.getElementById("device");
const said = document.getElementById("device_said");
const say = (name) => {
  said.textContent = said.dataset[name];
};
const able = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
if (able) {
  form.hidden = false;
  said.textContent = "";
}
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  say("waiting");
  if ((await Notification.requestPermission()) !== "granted") return say("refused");
  try {
    await navigator.serviceWorker.register(form.dataset.worker, { scope: "/" });
    const worker = await navigator.serviceWorker.ready;
    const key = form.dataset.key.replaceAll("-", "+").replaceAll("_", "/");
    const applicationServerKey = Uint8Array.from(atob(key), (letter) => letter.charCodeAt(0));
    const own = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey });
    const { endpoint, keys } = own.toJSON();
    Object.assign(form.elements.endpoint, { value: endpoint });
    Object.assign(form.elements.p256dh, { value: keys.p256dh });
    Object.assign(form.elements.auth, { value: keys.auth });
    form.submit();
  } catch {
    say("failed");
  }
});
