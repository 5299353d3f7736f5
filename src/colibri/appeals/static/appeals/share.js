// The device's own share sheet, where it has one; the links beside it do the same without script.
const device = document.getElementById("device");
if (navigator.share) {
  device.hidden = false;
  device.addEventListener("click", () => {
    navigator.share({ title: device.dataset.title, url: device.dataset.url }).catch(() => {});
  });
}
