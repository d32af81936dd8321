/** COSE algorithms that new credentials may use, in the order in which they are offered (mfa-and-passkeys.md §8). */
export const ALGORITHMS = [-7, -35, -36, -257, -258, -259, -37, -38, -39, -8];
