import { samples } from '../expectLeaks';

const leak = '// leak listener/dom-event-listener';

samples(
  'listener/react-class-unmount',
  [
    {
      name: 'componentDidMount without its counterpart',
      path: 'src/A.jsx',
      code: `import React from 'react';\nexport class A extends React.Component {\n  componentDidMount() {\n    window.addEventListener('resize', this.onResize); ${leak}\n  }\n  onResize = () => this.forceUpdate();\n  render() {\n    return <p />;\n  }\n}`,
    },
    {
      name: 'an unmount that ends something else',
      path: 'src/A.jsx',
      code: `import React from 'react';\nexport class A extends React.Component {\n  componentDidMount() {\n    document.addEventListener('keydown', this.onKey); ${leak}\n    this.timer = setInterval(this.tick, 1000);\n  }\n  componentWillUnmount() {\n    clearInterval(this.timer);\n  }\n  onKey = () => {};\n  tick = () => {};\n}`,
    },
    {
      name: 'a helper that mounting calls',
      path: 'src/A.jsx',
      code: `import { Component } from 'react';\nexport class A extends Component {\n  componentDidMount() {\n    this._listen();\n  }\n  _listen() {\n    window.addEventListener('scroll', this.onScroll); ${leak}\n  }\n  onScroll = () => this.setState({});\n  render() {\n    return <p />;\n  }\n}`,
    },
  ],
  [
    {
      name: 'removed in componentWillUnmount',
      path: 'src/A.jsx',
      code: `import React from 'react';\nexport class A extends React.Component {\n  componentDidMount() {\n    window.addEventListener('resize', this.onResize);\n  }\n  componentWillUnmount() {\n    window.removeEventListener('resize', this.onResize);\n  }\n  onResize = () => this.forceUpdate();\n}`,
    },
    {
      name: 'removed by a helper',
      path: 'src/A.jsx',
      code: `import React from 'react';\nexport class A extends React.Component {\n  componentDidMount() {\n    window.addEventListener('resize', this.onResize);\n  }\n  stop() {\n    window.removeEventListener('resize', this.onResize);\n  }\n  componentWillUnmount() {\n    this.stop();\n  }\n  onResize = () => this.forceUpdate();\n}`,
    },
    {
      name: 'a listener on an element of its own',
      path: 'src/A.jsx',
      code: `import React from 'react';\nexport class A extends React.Component {\n  componentDidMount() {\n    const el = document.createElement('div');\n    el.addEventListener('click', () => this.setState({}));\n  }\n}`,
    },
  ],
);

samples(
  'listener/web-component',
  [
    {
      name: 'connectedCallback without its counterpart',
      code: `export class Bar extends HTMLElement {\n  connectedCallback() {\n    window.addEventListener('resize', () => this.layout()); ${leak}\n  }\n  layout() {}\n}`,
    },
    {
      name: 'a disconnectedCallback that forgets it',
      code: `export class Bar extends HTMLElement {\n  connectedCallback() {\n    document.addEventListener('keydown', this.onKey); ${leak}\n  }\n  disconnectedCallback() {\n    this.chart.remove();\n  }\n  onKey = () => {};\n}`,
    },
    {
      name: 'a Lit element',
      code: `import { LitElement } from 'lit';\nexport class Bar extends LitElement {\n  connectedCallback() {\n    super.connectedCallback();\n    window.addEventListener('popstate', this.onPop); ${leak}\n  }\n  onPop = () => this.requestUpdate();\n}`,
    },
  ],
  [
    {
      name: 'removed in disconnectedCallback',
      code: `export class Bar extends HTMLElement {\n  connectedCallback() {\n    window.addEventListener('resize', this.onResize);\n  }\n  disconnectedCallback() {\n    window.removeEventListener('resize', this.onResize);\n  }\n  onResize = () => {};\n}`,
    },
    {
      name: 'a listener on itself',
      code: `export class Bar extends HTMLElement {\n  connectedCallback() {\n    this.addEventListener('click', () => this.open());\n  }\n  open() {}\n}`,
    },
    {
      name: 'a signal that disconnecting aborts',
      code: `export class Bar extends HTMLElement {\n  connectedCallback() {\n    this.ends = new AbortController();\n    window.addEventListener('resize', () => this.layout(), { signal: this.ends.signal });\n  }\n  layout() {}\n  disconnectedCallback() {\n    this.ends.abort();\n  }\n}`,
    },
  ],
);

samples(
  'listener/vue-lifecycle',
  [
    {
      name: 'onMounted in a composable',
      code: `import { onMounted } from 'vue';\nexport function useKeys() {\n  const onKey = () => {};\n  onMounted(() => {\n    window.addEventListener('keydown', onKey); ${leak}\n  });\n}`,
    },
    {
      name: 'onUnmounted that ends something else',
      code: `import { onMounted, onUnmounted } from 'vue';\nexport function useKeys(stop) {\n  const onKey = () => {};\n  onMounted(() => document.addEventListener('keydown', onKey)); ${leak}\n  onUnmounted(() => stop());\n}`,
    },
    {
      name: 'the options API',
      code: `export default {\n  mounted() {\n    window.addEventListener('resize', this.layout); ${leak}\n  },\n  methods: { layout() {} },\n};`,
    },
  ],
  [
    {
      name: 'onUnmounted',
      code: `import { onMounted, onUnmounted } from 'vue';\nexport function useKeys(fn) {\n  onMounted(() => window.addEventListener('keydown', fn));\n  onUnmounted(() => window.removeEventListener('keydown', fn));\n}`,
    },
    {
      name: 'onScopeDispose',
      code: `import { onMounted, onScopeDispose } from 'vue';\nexport function useKeys(fn) {\n  onMounted(() => window.addEventListener('keydown', fn));\n  onScopeDispose(() => window.removeEventListener('keydown', fn));\n}`,
    },
    {
      name: 'beforeUnmount of the options API',
      code: `export default {\n  mounted() {\n    window.addEventListener('resize', this.layout);\n  },\n  beforeUnmount() {\n    window.removeEventListener('resize', this.layout);\n  },\n  methods: { layout() {} },\n};`,
    },
  ],
);
