import { samples } from '../expectLeaks';

const file = (body: string, head = "import { readFile } from 'node:fs/promises';"): string =>
  `${head}\nexport async function load(url: string, log: (text: string) => void) {\n${body}\n}`;

samples(
  'the body of a response on a server',
  [
    {
      name: 'left when the status is an error',
      code: file(`  const response = await fetch(url); // leak handle/response-body
  if (!response.ok) throw new Error(String(response.status));
  return response.json();`),
    },
    {
      name: 'left when there is nothing to be had',
      code: file(`  const response = await fetch(url); // leak handle/response-body
  if (response.status === 404) return undefined;
  return await response.text();`),
    },
    {
      name: 'read only when the status is an error',
      code: file(`  const response = await fetch(url, { method: 'POST' }); // leak handle/response-body
  if (!response.ok) throw new Error(await response.text());`),
    },
    {
      name: 'dropped at once',
      code: file(`  await fetch(url, { method: 'POST' }); // leak handle/response-body`),
    },
    {
      name: 'of a library of servers',
      code: file(
        `  const answer = await request(url); // leak handle/response-body
  if (answer.status >= 400) return [];
  return answer.json();`,
        "import request from 'node-fetch';",
      ),
    },
    {
      name: 'asked for with the options of the caller',
      code: file(`  const response = await fetch(url, { ...options }); // leak handle/response-body
  if (!response.ok) return undefined;
  return response.json();`),
    },
    {
      name: 'asked for with a signal that may be missing',
      code: file(`  const signal = options.signal;
  const response = await fetch(url, { signal }); // leak handle/response-body
  if (!response.ok) return undefined;
  return response.json();`),
    },
    {
      name: 'cancelled only under another condition',
      code: file(`  const response = await fetch(url); // leak handle/response-body
  if (!response.ok) {
    if (response.status === 500) await response.body?.cancel();
    throw new Error(String(response.status));
  }
  return response.json();`),
    },
    {
      name: 'cancelled only on another way out',
      code: file(`  const response = await fetch(url); // leak handle/response-body
  if (response.status === 500) {
    await response.body?.cancel();
    return undefined;
  }
  if (!response.ok) throw new Error(String(response.status));
  return response.json();`),
    },
  ],
  [
    {
      name: 'cancelled before the error',
      code: file(`  const response = await fetch(url);
  if (!response.ok) {
    await response.body?.cancel();
    throw new Error(String(response.status));
  }
  return response.json();`),
    },
    {
      name: 'read on every way',
      code: file(`  const response = await fetch(url);
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return JSON.parse(text);`),
    },
    {
      name: 'of a status that has none',
      code: file(`  const response = await fetch(url);
  if (response.status === 204) return undefined;
  return response.json();`),
    },
    {
      name: 'of a request for the head alone',
      code: file(`  const response = await fetch(url, { method: 'HEAD' });
  return response.ok;`),
    },
    {
      name: 'aborted after a time',
      code: file(`  const response = await fetch(url, { signal: AbortSignal.timeout(500) });
  if (!response.ok) return undefined;
  return response.json();`),
    },
    {
      name: 'given to the caller',
      code: file(`  const response = await fetch(url);
  if (!response.ok) log('failed');
  return response;`),
    },
    {
      name: 'given to a function that may read it',
      code: file(`  const response = await fetch(url);
  await check(response);
  if (!response.ok) return undefined;
  return response.json();`),
    },
    {
      name: 'in a page',
      code: file(
        `  const response = await fetch(url);
  if (!response.ok) throw new Error(String(response.status));
  return response.json();`,
        "import { createApp } from 'vue';",
      ),
    },
  ],
);
