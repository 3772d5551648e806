// While the server is away nobody is signed out: who asks who is signed in waits until it answers.
// Else Chainlit's page leaves the conversation for a page that cannot be reached either.
const TRIES = 600;
const PAUSE = 1_000;
const fetchAsBefore = window.fetch;

window.fetch = async (address, options) => {
  const { pathname } = new URL(address?.url ?? address, window.location.origin);
  const tries = pathname.endsWith("/user") ? TRIES : 1;
  for (let left = tries; ; left -= 1) {
    try {
      return await fetchAsBefore(address, options);
    } catch (error) {
      if (left <= 1 || options?.signal?.aborted) throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }
};
