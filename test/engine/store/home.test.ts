import { describe, expect, it } from 'vitest';
import { resolveHome } from '../../../engine/store/home.ts';

const linux = { platform: 'linux' } as const;

describe('the home folder', () => {
  it('is what --config says, whatever the environment says', () => {
    expect(resolveHome({ KITOPS_HOME: '/a' }, { config: '/b' })).toBe('/b');
  });

  it('is made absolute when --config is relative', () => {
    expect(resolveHome({}, { config: 'b' })).toBe(`${process.cwd()}/b`);
  });

  it('is KITOPS_HOME next', () => {
    expect(resolveHome({ KITOPS_HOME: '/a', HOME: '/home/ada' }, linux)).toBe('/a');
  });

  it.each([
    ['empty', ''],
    ['relative', 'models'],
  ])('is refused when KITOPS_HOME is %s, and the variable is named', (_, value) => {
    expect(() => resolveHome({ KITOPS_HOME: value, HOME: '/home/ada' }, linux)).toThrow(
      expect.objectContaining({ code: 'INPUT_INVALID', message: expect.stringContaining('KITOPS_HOME') }),
    );
  });

  it('is in XDG_DATA_HOME on Linux', () => {
    expect(resolveHome({ XDG_DATA_HOME: '/data', HOME: '/home/ada' }, linux)).toBe('/data/kitops');
  });

  it('is below .local/share on Linux', () => {
    expect(resolveHome({ HOME: '/home/ada' }, linux)).toBe('/home/ada/.local/share/kitops');
  });

  it('is in the caches on macOS', () => {
    expect(resolveHome({}, { platform: 'darwin', homedir: '/Users/ada' })).toBe('/Users/ada/Library/Caches/kitops');
  });

  it('is in LOCALAPPDATA on Windows', () => {
    expect(resolveHome({ LOCALAPPDATA: '/ada' }, { platform: 'win32' })).toBe('/ada/kitops');
  });

  it('is refused when there is no HOME', () => {
    expect(() => resolveHome({}, linux)).toThrow(
      expect.objectContaining({ code: 'INPUT_INVALID', message: expect.stringContaining('HOME') }),
    );
  });
});
