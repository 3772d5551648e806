// What the server sends to this page's scripts: objects with one name each.
export function onServerMessage(name, receive) {
  window.addEventListener("message", (event) => {
    if (event.origin === window.location.origin && event.data?.[name]) receive(event.data[name]);
  });
}
