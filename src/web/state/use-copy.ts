/** Copies and says so. */
import { Problem } from '../api.js';
import { copyText } from './clipboard.js';
import { useNotice } from './use-notice.js';

export function useCopy() {
  const { notify } = useNotice();
  /** `what` names the thing in the notice; a promise of the text may fail with a Problem. */
  return async (what: string, text: string | Promise<string>): Promise<void> => {
    try {
      const copied = await copyText(await text);
      notify(copied ? `已复制${what}` : '浏览器不允许写入剪贴板，请手动选取文字复制。');
    } catch (error) {
      notify(error instanceof Problem ? `${error.title}：${error.detail}` : '复制失败，请重试。');
    }
  };
}
