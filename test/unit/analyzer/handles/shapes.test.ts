/**
 * One line each: shapes of acquiring and releasing as they occur in real code. A leaky line has exactly one finding at
 * medium or high confidence, a safe one none.
 */
import assert from 'node:assert/strict';
import { findingsOf } from '../expectLeaks';

const head = `
import { openSync, closeSync, readSync } from 'fs';
import * as fsp from 'fs/promises';
import fsx from 'fs-extra';
import http from 'http';
import net from 'net';
const fs = require('fs');
const { promises: { open } } = require('fs');
`;

const leaky: readonly string[] = [
  `exports.l1 = function (p) { const fd = fs.openSync(p); return fs.fstatSync(fd); };`,
  `module.exports = { l2(p) { const fd = fs.openSync(p); return fs.fstatSync(fd); } };`,
  `export function l3(p) { const fd = fs.openSync(p); try { fs.readSync(fd, b); fs.closeSync(fd); } catch { return null; } }`,
  `export function a1(p) { const fd = openSync(p); readSync(fd, b); closeSync(fd); }`,
  `export async function a2(p) { const h = await fsp.open(p); await h.stat(); await h.close(); }`,
  `export async function a3(p) { const h = await open(p); await h.stat(); await h.close(); }`,
  `export async function a5(p) { const { size } = await (await open(p)).stat(); return size; }`,
  `export async function a7(p) { const fd = await fsx.open(p, 'r'); await fsx.read(fd, buf, 0, 1, 0); await fsx.close(fd); }`,
  `export function b1(p, cb) { fs.open(p, 'r', function (err, fd) { if (err) { cb(err); return; } fs.read(fd, b, 0, 1, 0, function (err, n) { if (err) { cb(err); return; } fs.close(fd, function () { cb(err, n); }); }); }); }`,
  `export async function b5(p) { const h = await open(p).catch(() => null); if (!h) return null; const t = await h.readFile(); await h.close(); return t; }`,
  `export async function b9(p) { return open(p).then(async h => { const t = await h.readFile(); await h.close(); return t; }); }`,
  `export class L { async run(p) { const h = await open(p); await this.use(h); await h.close(); } async use(h) { return h.stat(); } }`,
  `export const d1 = async (p) => { const h = await open(p); await h.appendFile('x'); };`,
  `export async function d2(p) { const h = await open(p); if (!h) return; validate(p); await h.close(); }`,
  `export async function d5(req, p) { const w = fs.createWriteStream(p); for await (const c of req) w.write(c); w.end(); }`,
  `export function d8(port) { const server = http.createServer((q, r) => r.end()); return new Promise((ok) => server.listen(port, () => ok(port))); }`,
];

const safe: readonly string[] = [
  `export async function s1(p) { const w = fs.createWriteStream(p); await new Promise((ok, no) => w.write('x', (e) => (e ? no(e) : ok()))); w.end(); }`,
  `export function s2(p, q) { const fd = fs.openSync(p); try { fs.writeSync(fd, q); } finally { if (typeof fd === 'number') { try { fs.closeSync(fd); } catch (e) {} } } }`,
  `export function s3(p) { exports.last = fs.openSync(p); }`,
  `export function a4(p) { fs.closeSync(fs.openSync(p, 'w')); }`,
  `export async function a6(p) { const h = await open(p); try { await h.sync(); } catch (e) { await h.close().catch(() => {}); throw e; } return h; }`,
  `export function a8(p) { const out = p ? fs.createWriteStream(p) : process.stdout; out.write('x'); }`,
  `export function a9(p, cb) { fs.open(p, 'r', function (err, fd) { if (err) { cb(err); return; } fs.read(fd, b, 0, 1, 0, function (err, n) { fs.close(fd, function () { cb(err, n); }); }); }); }`,
  `export async function b2(p) { let h; try { h = await open(p); return await h.readFile(); } catch (e) { return null; } finally { if (h) await h.close(); } }`,
  `export async function b3(p) { let h = null; try { h = await open(p); const t = await h.readFile(); await h.close(); h = null; return t; } finally { if (h !== null) await h.close(); } }`,
  `export async function b4(p) { const h = await open(p).catch(() => null); if (!h) return; try { await h.read(); } finally { await h.close(); } }`,
  `export function b6(p) { let fd; try { fd = fs.openSync(p, 'wx'); } catch (e) { if (e.code === 'EEXIST') return false; throw e; } fs.closeSync(fd); return true; }`,
  `export function b7(p) { for (let i = 0; i < 3; i++) { try { const fd = fs.openSync(p, 'wx'); fs.closeSync(fd); return; } catch (e) { if (i === 2) throw e; } } }`,
  `export async function b8(ps) { const hs = []; for (const p of ps) hs.push(await open(p)); try { return await Promise.all(hs.map(h => h.readFile())); } finally { await Promise.all(hs.map(h => h.close())); } }`,
  `export async function c1(p) { return withFile(open(p), h => h.readFile()); }`,
  `export function c2(p) { const fd = fs.openSync(p); process.once('exit', () => fs.closeSync(fd)); return (l) => fs.writeSync(fd, l); }`,
  `export function c3(host, cb) { const s = net.connect(80, host); const done = (e) => { s.removeAllListeners(); s.destroy(); cb(e); }; s.once('error', done); s.once('connect', () => done()); }`,
  `export function c4(host, cb) { const s = new net.Socket(); s.setTimeout(10); s.once('error', cb); s.once('timeout', () => cb(new Error('t'))); s.connect(80, host, () => { s.end(); cb(); }); }`,
  `export async function c5(p, q) { const a = await open(p); try { const b = await open(q); try { await b.write(await a.readFile()); } finally { await b.close(); } } finally { await a.close(); } }`,
  `export function c6(p, n) { const fd = fs.openSync(p); try { if (n > 3) return fs.fstatSync(fd).size; return 0; } finally { try { fs.closeSync(fd); } catch {} } }`,
  `export function c7(p) { let fd = null; const close = () => { if (fd !== null) { fs.closeSync(fd); fd = null; } }; try { fd = fs.openSync(p); fs.readSync(fd, b); } finally { close(); } }`,
  `export class K { async run(p) { const h = await open(p); try { await this.use(h); } finally { await this.finish(h); } } async use(h) { return h.stat(); } async finish(h) { await h.close(); } }`,
  `export async function c8(p) { const h = await open(p); const r = await h.stat().finally(() => h.close()); return r; }`,
  `export async function c9(p) { const h = await open(p); const s = h.createReadStream(); for await (const c of s) use(c); }`,
  `export function d3(p, res) { const s = fs.createReadStream(p); s.on('open', () => s.pipe(res)); s.on('error', () => res.end()); }`,
  `export function d4(p, res) { const s = fs.createReadStream(p); res.on('close', () => s.destroy()); s.pipe(res); }`,
  `export async function d6(req, p) { const w = fs.createWriteStream(p); try { for await (const c of req) w.write(c); } finally { w.end(); } }`,
  `export function d7(port) { const server = http.createServer((q, r) => r.end()); return new Promise((ok) => server.listen(port, () => ok(server))); }`,
  `export function d9(p) { const fd = fs.openSync(p, 'r'); return readAll(fd); }`,
  `export function e1(p) { const fd = fs.openSync(p, 'r'); return readAll2(fd); } function readAll2(fd) { const x = fs.readFileSync(fd); fs.closeSync(fd); return x; }`,
  `export function* e2(p) { const fd = fs.openSync(p); try { yield 1; } finally { fs.closeSync(fd); } }`,
  `export async function e3(p) { const h = await open(p); try { await h.read(); } finally { h && await h.close(); } }`,
];

describe('handles in one line', () => {
  for (const line of leaky)
    it(`reports ${line}`, () => {
      const findings = findingsOf(head + line);
      assert.equal(findings.length, 1, JSON.stringify(findings.map(({ message }) => message)));
      assert.match(findings[0]?.kind ?? '', /^handle\//);
    });
  for (const line of safe)
    it(`is silent on ${line}`, () => {
      assert.deepEqual(
        findingsOf(head + line).map(({ message }) => message),
        [],
      );
    });
});
