import { samples } from '../expectLeaks';

samples(
  'handlers that each call adds to what the first one has made',
  [
    {
      name: 'a method makes it where there is none',
      path: 'src/picker.ts',
      code: `export class Picker {
  private popup: Popup;
  constructor(private readonly overlay: Overlay) {}
  open() {
    if (!this.popup) {
      this.createPopup();
    }
    this.popup.attach(this.view);
    this.popup.clicks().subscribe(() => this.close()); // leak listener/rx-subscription-ignored
  }
  close() { this.popup.detach(); }
  ngOnDestroy() { this.popup.dispose(); }
  private createPopup() { this.popup = this.overlay.create({ hasBackdrop: true }); }
}`,
    },
    {
      name: 'an own emitter that is made where there is none',
      path: 'src/search.js',
      code: `export class Search {
  show(done) {
    if (!this.panel) this.makePanel();
    this.panel.on('chosen', (item) => done(item)); // leak listener/emitter-on
    this.panel.open();
  }
  makePanel() { this.panel = this.host.makePanel('search'); }
}`,
    },
  ],
  [
    {
      name: 'added where it is made',
      path: 'src/picker.ts',
      code: `export class Picker {
  open() {
    if (!this.popup) {
      this.createPopup();
    }
    this.popup.attach(this.view);
  }
  private createPopup() {
    this.popup = this.overlay.create({ hasBackdrop: true });
    this.popup.clicks().subscribe(() => this.close());
  }
}`,
    },
    {
      name: 'given up when it is closed, so that the next call makes another one',
      path: 'src/search.js',
      code: `export class Search {
  show(done) {
    if (!this.panel) this.makePanel();
    this.panel.on('chosen', (item) => done(item));
  }
  hide() {
    if (this.isOpen) {
      this.panel.close();
      this.panel = null;
    }
  }
  makePanel() { this.panel = this.host.makePanel('search'); }
}`,
    },
    {
      name: 'taken off when one is chosen',
      path: 'src/search.js',
      code: `export class Search {
  show(done) {
    if (!this.panel) this.makePanel();
    this.panel.on('chosen', (item) => {
      this.panel.removeAllListeners('chosen');
      done(item);
    });
  }
  makePanel() { this.panel = this.host.makePanel('search'); }
}`,
    },
    {
      name: 'what comes is its end',
      path: 'src/picker.ts',
      code: `export class Picker {
  open() {
    if (!this.dialog) this.createDialog();
    this.dialog.afterClosed().subscribe(() => this.closed());
  }
  private createDialog() { this.dialog = this.dialogs.open(View); }
}`,
    },
  ],
);
