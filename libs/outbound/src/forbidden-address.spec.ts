import { describe, expect, it } from '@jest/globals';
import { forbiddenKind } from './forbidden-address.js';

describe('forbidden addresses', () => {
  it.each([
    ['127.0.0.1', 'loopback addresses'],
    ['127.8.8.8', 'loopback addresses'],
    ['::1', 'loopback addresses'],
    ['::ffff:127.0.0.1', 'loopback addresses'],
    ['64:ff9b::7f00:1', 'loopback addresses'],
    ['2002:7f00:1::', 'loopback addresses'],
    ['10.1.2.3', 'private network addresses'],
    ['172.31.0.1', 'private network addresses'],
    ['192.168.1.1', 'private network addresses'],
    ['::ffff:10.0.0.1', 'private network addresses'],
    ['100.64.0.1', 'private network addresses'],
    ['fd12::1', 'private network addresses'],
    ['169.254.10.10', 'link-local addresses'],
    ['fe80::1%eth0', 'link-local addresses'],
    ['169.254.169.254', 'cloud metadata endpoints'],
    ['::ffff:169.254.169.254', 'cloud metadata endpoints'],
    ['fd00:ec2::254', 'cloud metadata endpoints'],
    ['224.0.0.1', 'multicast addresses'],
    ['255.255.255.255', 'multicast addresses'],
    ['ff02::1', 'multicast addresses'],
    ['0.0.0.0', 'unspecified addresses'],
    ['::', 'unspecified addresses'],
    ['192.0.2.1', 'reserved addresses'],
    ['240.0.0.1', 'reserved addresses'],
  ])('%s: %s', (address, kind) => {
    expect(forbiddenKind(address)).toBe(kind);
  });

  it.each(['8.8.8.8', '2606:4700::1111', '::ffff:8.8.8.8', '172.32.0.1'])('%s is public', (address) => {
    expect(forbiddenKind(address)).toBeUndefined();
  });
});
