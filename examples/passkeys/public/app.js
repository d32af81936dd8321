/* global supabase, AUTH_URL, document */
const auth = new supabase.AuthClient({ url: AUTH_URL, storageKey: 'passkeys-example' });
const at = (id) => document.getElementById(id);

/** Runs an action and shows what came of it. */
async function act(action) {
  at('message').textContent = '';
  const { error } = await action();
  if (error) at('message').textContent = error.message;
  await show();
}

async function show() {
  const { data } = await auth.getSession();
  at('signed-out').hidden = data.session !== null;
  at('signed-in').hidden = data.session === null;
  if (!data.session) return;
  const claims = (await auth.getClaims()).data?.claims;
  at('who').textContent = data.session.user.email;
  at('how').textContent = (claims?.amr ?? []).map(({ method }) => method).join(', ');
  const passkeys = (await auth.passkey.list()).data ?? [];
  at('passkeys').replaceChildren(...passkeys.map(row));
}

function row({ id, friendly_name, last_used_at }) {
  const item = document.createElement('li');
  const used = last_used_at ? `used ${new Date(last_used_at).toLocaleString('en')}` : 'not used yet';
  const remove = document.createElement('button');
  remove.textContent = 'Remove';
  remove.onclick = () => act(() => auth.passkey.delete({ passkeyId: id }));
  item.append(`${friendly_name}, ${used}`, remove);
  return item;
}

at('sign-up').onsubmit = (event) => {
  event.preventDefault();
  void act(() => auth.signUp({ email: at('email').value, password: at('password').value }));
};
at('sign-in').onclick = () => act(() => auth.signInWithPasskey());
at('add').onclick = () => act(() => auth.registerPasskey());
at('sign-out').onclick = () => act(() => auth.signOut());
void show();
