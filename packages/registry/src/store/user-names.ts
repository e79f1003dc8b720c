/** What goes into URLs, headers and e-mail addresses as it is. */
const userName = /^[a-z0-9][a-z0-9_-]{0,31}$/;

export function isUserName(name: string): boolean {
  return userName.test(name);
}
