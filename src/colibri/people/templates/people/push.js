addEventListener("push", (event) => {
  const { title, body, link, tag } = event.data.json();
  event.waitUntil(registration.showNotification(title, { body, tag, data: link, lang: navigator.language }));
});
addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(clients.openWindow(event.notification.data || "/"));
});
