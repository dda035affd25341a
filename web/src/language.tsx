/** Chinese first, English by a switch that is remembered; antd's own words follow. */
import { App, ConfigProvider, theme } from 'antd';
import zhCN from 'antd/locale/zh_CN';
import { type ReactNode, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { nonce } from './nonce.ts';
import { type Catalogue, type Language as LanguageCode, translator, WordsContext } from './words/index.ts';
import { zh } from './words/zh/index.ts';

const storageKey = 'careloop.language';
const fonts =
  '-apple-system, BlinkMacSystemFont, "Segoe UI", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif';

interface Loaded {
  language: LanguageCode;
  catalogue: Catalogue;
  locale: typeof zhCN;
}

const chinese: Loaded = { language: 'zh', catalogue: zh, locale: zhCN };

async function load(language: LanguageCode): Promise<Loaded> {
  if (language === 'zh') return chinese;
  const [{ en }, { default: enUS }] = await Promise.all([import('./words/en/index.ts'), import('antd/locale/en_US')]);
  return { language, catalogue: en, locale: enUS };
}

const stored = (): LanguageCode => (localStorage.getItem(storageKey) === 'en' ? 'en' : 'zh');

const darkScheme = matchMedia('(prefers-color-scheme: dark)');
const onScheme = (changed: () => void) => {
  darkScheme.addEventListener('change', changed);
  return () => darkScheme.removeEventListener('change', changed);
};

export function Language({ children }: { children: ReactNode }) {
  const [wanted, setWanted] = useState(stored);
  const [loaded, setLoaded] = useState<Loaded>();
  const dark = useSyncExternalStore(onScheme, () => darkScheme.matches);
  useEffect(() => {
    let current = true;
    void load(wanted).then((result) => {
      if (!current) return;
      document.documentElement.lang = wanted === 'zh' ? 'zh-CN' : 'en';
      setLoaded(result);
    });
    return () => {
      current = false;
    };
  }, [wanted]);
  const words = useMemo(() => {
    if (!loaded) return undefined;
    const { language, catalogue } = loaded;
    return {
      t: translator<typeof zh>(catalogue),
      catalogue,
      language,
      pick: (text: { zh: string; en: string }) => text[language],
      named: ({ name, englishName }: { name: string; englishName?: string | undefined }) =>
        language === 'en' ? (englishName ?? name) : name,
      listed: (things: readonly (string | number)[]) => things.join(language === 'zh' ? '、' : ', '),
      setLanguage(next: LanguageCode) {
        localStorage.setItem(storageKey, next);
        setWanted(next);
      },
    };
  }, [loaded]);
  if (!words || !loaded) return null;
  return (
    <WordsContext value={words}>
      <ConfigProvider
        locale={loaded.locale}
        csp={{ nonce }}
        button={{ autoInsertSpace: false }}
        theme={{
          cssVar: { key: 'careloop' },
          hashed: false,
          algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
          token: {
            colorPrimary: dark ? '#4cc4b7' : '#0f766e',
            colorLink: dark ? '#4cc4b7' : '#0f766e',
            colorLinkHover: dark ? '#8fe0d6' : '#0b5750',
            borderRadius: 6,
            fontFamily: fonts,
            ...(dark
              ? { colorTextDescription: '#9db0ad', colorTextPlaceholder: '#9db0ad', colorError: '#ff8a80' }
              : { colorTextDescription: '#5b6b69', colorTextPlaceholder: '#5b6b69', colorError: '#b42318' }),
          },
          // White on the bright colours of the dark scheme cannot be read.
          ...(dark && { components: { Button: { primaryColor: '#06211e', dangerColor: '#3b0b06' } } }),
        }}
      >
        <App>{children}</App>
      </ConfigProvider>
    </WordsContext>
  );
}
