/** Node's way to hand messages to a program or a server of the user's naming. */
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Delivery, MessageSender } from '../ports';
import { runProcess } from './nodePrograms';

const never = { isCancelled: () => false };
/** Of what a program or server answers, so much is shown. */
const SHOWN = 300;

function refusal(reason: string, isFinal = false): Delivery {
  return { ok: false, reason, isFinal };
}

const NOT_STARTED: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such program; give its full path',
  EACCES: 'it may not be run; make it executable',
  EINVAL: 'it cannot be run without a shell; name the program that runs the script, and the script as its argument',
};

/** Why a request failed, by the system's code, with a remedy. */
const UNREACHABLE: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there; start the receiver or correct the URL',
  ENOTFOUND: 'its host is not known; correct the URL or the network',
  EAI_AGAIN: 'its host is not known now; check the network',
  ECONNRESET: 'the connection was cut',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is not trusted on this machine',
};

async function toProgram(
  program: string,
  args: readonly string[],
  { input, cwd, timeoutMs }: Parameters<MessageSender['toProgram']>[2],
): Promise<Delivery> {
  const { exitCode, output, outcome, notStarted } = await runProcess(
    { file: program, args, shell: false, input },
    { cwd, timeoutMs, cancellation: never },
  );
  if (outcome === 'ok') return { ok: true };
  if (notStarted !== null) return refusal(NOT_STARTED[notStarted] ?? output);
  if (outcome === 'timeout') return refusal(`it did not end within ${timeoutMs / 1000} s; raise timeoutSeconds`);
  const said = output.trim().slice(-SHOWN);
  return refusal(
    `it ended with ${exitCode === null ? 'a signal' : `exit code ${exitCode}`}${said === '' ? '' : `: ${said}`}`,
  );
}

function toUrl(url: string, { body, headers, timeoutMs }: Parameters<MessageSender['toUrl']>[1]): Promise<Delivery> {
  return new Promise((resolve) => {
    const send = url.startsWith('https:') ? httpsRequest : httpRequest;
    let timer: NodeJS.Timeout | undefined;
    const settle = (delivery: Delivery): void => {
      clearTimeout(timer);
      resolve(delivery);
      request.destroy();
    };
    const data = Buffer.from(body);
    const request = send(
      url,
      {
        method: 'POST',
        agent: false,
        headers: {
          'user-agent': 'slo-lens',
          ...headers,
          'content-type': 'application/json',
          'content-length': data.length,
        },
      },
      (response) => {
        const { statusCode: status = 0 } = response;
        // What it answers besides is nobody's concern.
        response.resume();
        if (status >= 200 && status < 300) settle({ ok: true });
        else if (status >= 300 && status < 400)
          settle(refusal(`it answered ${status}, and redirects are not followed; give the final URL`, true));
        else if (status >= 400 && status < 500 && status !== 408 && status !== 429)
          settle(refusal(`it refused the message with ${status}; check the URL and the headers`, true));
        else settle(refusal(`it answered ${status}`));
      },
    );
    timer = setTimeout(
      () => settle(refusal(`it did not answer within ${timeoutMs / 1000} s; raise timeoutSeconds`)),
      timeoutMs,
    );
    request.on('error', (error: NodeJS.ErrnoException) =>
      settle(refusal(UNREACHABLE[error.code ?? ''] ?? error.message)),
    );
    request.end(data);
  });
}

export const nodeSender: MessageSender = { toProgram, toUrl };
