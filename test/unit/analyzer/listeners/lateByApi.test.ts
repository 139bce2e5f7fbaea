import { samples } from '../expectLeaks';

samples(
  'what the catalogue alone knows to be ended too early',
  [
    {
      name: 'a watch behind a question',
      code: `import { useEffect } from 'react';
export function useWay(on: boolean, show: (at: GeolocationPosition) => void) {
  useEffect(() => {
    if (!on) return;
    let watch: number | undefined;
    const begin = async () => {
      const answer = await navigator.permissions.query({ name: 'geolocation' });
      if (answer.state === 'denied') return;
      watch = navigator.geolocation.watchPosition(show); // leak listener/subscribed-after-dispose
    };
    void begin();
    return () => {
      if (watch !== undefined) navigator.geolocation.clearWatch(watch);
    };
  }, [on, show]);
}`,
    },
    {
      name: 'an address of a blob',
      code: `import { useEffect, useRef } from 'react';
export function useCover(load: () => Promise<Blob>, image: HTMLImageElement) {
  const address = useRef<string | null>(null);
  useEffect(() => {
    load().then((blob) => {
      address.current = URL.createObjectURL(blob); // leak listener/subscribed-after-dispose
      image.src = address.current;
    });
    return () => {
      if (address.current) URL.revokeObjectURL(address.current);
    };
  }, [load, image]);
}`,
    },
    {
      name: 'a poll that compares what has come with what came last',
      code: `export function pollUnread(load: () => Promise<number>, show: (count: number) => void) {
  let timer: number | undefined;
  let last = -1;
  const tick = async () => {
    const count = await load();
    if (count !== last) {
      last = count;
      show(count);
    }
    timer = window.setTimeout(tick, 5000); // leak listener/subscribed-after-dispose
  };
  void tick();
  return { stop: () => clearTimeout(timer) };
}`,
    },
  ],
  [
    {
      name: 'a flag of the clean-up, looked at behind the wait',
      code: `import { useEffect } from 'react';
export function useWay(show: (at: GeolocationPosition) => void) {
  useEffect(() => {
    let watch: number | undefined;
    let over = false;
    const begin = async () => {
      const answer = await navigator.permissions.query({ name: 'geolocation' });
      if (over || answer.state === 'denied') return;
      watch = navigator.geolocation.watchPosition(show);
    };
    void begin();
    return () => {
      over = true;
      if (watch !== undefined) navigator.geolocation.clearWatch(watch);
    };
  }, [show]);
}`,
    },
    {
      name: 'only the latest begins anything',
      code: `import { useEffect } from 'react';
let latest = 0;
export function useWay(load: () => Promise<void>, show: (at: GeolocationPosition) => void) {
  useEffect(() => {
    const mine = ++latest;
    let watch: number | undefined;
    const begin = async () => {
      await load();
      if (mine !== latest) return;
      watch = navigator.geolocation.watchPosition(show);
    };
    void begin();
    return () => {
      latest++;
      if (watch !== undefined) navigator.geolocation.clearWatch(watch);
    };
  }, [load, show]);
}`,
    },
    {
      name: 'what has come is asked for somebody who may have left',
      code: `export function pollUnread(load: () => Promise<string>, show: (name: string) => void) {
  let timer: number | undefined;
  let reader = '';
  const tick = async () => {
    const name = await load();
    if (name !== reader) return;
    show(name);
    timer = window.setTimeout(tick, 5000);
  };
  void tick();
  return {
    begin: (name: string) => {
      reader = name;
    },
    stop: () => {
      reader = '';
      clearTimeout(timer);
    },
  };
}`,
    },
    {
      name: 'an address that the image gives back as well',
      code: `import { useEffect } from 'react';
export function useCover(load: () => Promise<Blob>, image: HTMLImageElement) {
  useEffect(() => {
    let address = '';
    load().then((blob) => {
      address = URL.createObjectURL(blob);
      image.onload = () => URL.revokeObjectURL(address);
      image.src = address;
    });
    return () => {
      if (address) URL.revokeObjectURL(address);
    };
  }, [load, image]);
}`,
    },
  ],
);
