/** Node's codes for a full disk, a full quota and a file above the limit, and what programs print of them. */
const noRoom =
  /\b(?:ENOSPC|EDQUOT|EFBIG)\b|No space left on device|Disk quota exceeded|File too large/i;

/** True for the text of an error that this machine made and no registry. */
export function isNoRoom(text: string): boolean {
  return noRoom.test(text);
}
