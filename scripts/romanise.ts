/**
 * Names in Latin letters as people write them in addresses: accents dropped, Cyrillic and Greek spelled out,
 * syllables of Chinese, Korean and Japanese.
 */

const SPELLED: Readonly<Record<string, string>> = {
  ...{
    а: 'a',
    б: 'b',
    в: 'v',
    г: 'g',
    д: 'd',
    е: 'e',
    ё: 'e',
    ж: 'zh',
    з: 'z',
    и: 'i',
    й: 'y',
    к: 'k',
    л: 'l',
    м: 'm',
  },
  ...{
    н: 'n',
    о: 'o',
    п: 'p',
    р: 'r',
    с: 's',
    т: 't',
    у: 'u',
    ф: 'f',
    х: 'kh',
    ц: 'ts',
    ч: 'ch',
    ш: 'sh',
    щ: 'shch',
  },
  ...{
    ъ: '',
    ы: 'y',
    ь: '',
    э: 'e',
    ю: 'yu',
    я: 'ya',
    і: 'i',
    ї: 'yi',
    є: 'ye',
    ґ: 'g',
    ј: 'j',
    љ: 'lj',
    њ: 'nj',
    ћ: 'c',
  },
  ...{ ђ: 'dj', џ: 'dz', ѓ: 'gj', ќ: 'kj', ѕ: 'dz' },
  ...{
    α: 'a',
    β: 'v',
    γ: 'g',
    δ: 'd',
    ε: 'e',
    ζ: 'z',
    η: 'i',
    θ: 'th',
    ι: 'i',
    κ: 'k',
    λ: 'l',
    μ: 'm',
    ν: 'n',
    ξ: 'x',
  },
  ...{ ο: 'o', π: 'p', ρ: 'r', σ: 's', ς: 's', τ: 't', υ: 'y', φ: 'f', χ: 'ch', ψ: 'ps', ω: 'o' },
  ...{ ß: 'ss', ø: 'o', ł: 'l', đ: 'd', æ: 'ae', œ: 'oe', ı: 'i', ə: 'a', þ: 'th', ð: 'd' },
};

/** Lower case, a to z where there is a usual spelling; other letters stay. */
export function toLatin(name: string): string {
  const bare = name.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
  return [...bare].map((letter) => SPELLED[letter] ?? letter).join('');
}

const pairs = (first: readonly string[], second: readonly string[]): string[] =>
  first.flatMap((a) => second.map((b) => a + b));
const list = (text: string): string[] => text.split(' ');

/** Surnames with a given name's syllables: Hanyu Pinyin, Revised Romanization of Korean, Hepburn. */
export const ASIAN_NAMES: readonly (readonly string[])[] = [
  [
    ...list(
      'wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he gao lin luo zheng liang xie tang',
    ),
    ...pairs(
      list('xiao zhi jia jian ming zi yu xin hao yi wen jing shu qing mei xue yong guo chun hai'),
      list(
        'wei fang na min jing li qiang lei jun yang yan jie tao ming chao xia ping gang xiang hua yu han xuan ying',
      ),
    ),
  ],
  [
    ...list(
      'kim lee park choi jung kang cho yoon jang lim han oh seo shin kwon hwang ahn song ryu hong yoo bae',
    ),
    ...pairs(
      list('min seo ji ha ye do joon hyun soo young eun jae sung yeon chae woo jin dong kyung sang'),
      list('jun woo ho yeon hyun seo min ji eun young jin hee won soo ah kyu na yul bin jung'),
    ),
  ],
  [
    ...list(
      'sato suzuki takahashi tanaka watanabe ito yamamoto nakamura kobayashi kato yoshida yamada sasaki',
    ),
    ...list('yamaguchi matsumoto inoue kimura hayashi shimizu mori abe ikeda hashimoto ishikawa ogawa okada'),
    ...pairs(
      list('haru yu ao ren sora hina mei yuki aka taka hiro kazu masa nao tomo sho ken dai ryo shin'),
      list('to ki ta ma na ka ko mi ri ya suke shi hiko aki taro ji kazu yuki nori fumi'),
    ),
  ],
];
