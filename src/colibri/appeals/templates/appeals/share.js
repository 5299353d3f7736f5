const device = document.getElementById("device");
if (navigator.share) {
  device.hidden = false;
  device.onclick = () => navigator.share({ title: device.dataset.title, url: device.dataset.url }).catch(() => {});
}
