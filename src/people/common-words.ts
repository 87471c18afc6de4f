/**
 * What stored values are full of, so that compression finds it (RFC 1951 with a preset dictionary: half the bytes of a
 * typical state). Part of sealed format 2: never edit it, add a format.
 */
export const commonWords = [
  '"posted":{"type":"message","channelId":"directline","conversation":{"id":"',
  '"from":{"id":"puente","name":"Puente","role":"bot"},"textFormat":"plain","locale":"es","inputHint":"expectingInput"',
  '"suggestedActions":{"to":[],"actions":[{"type":"imBack","title":"","value":"","channelData":{"puente":{"choices":[',
  '{"kind":"message","message":{"text":"","language":"es","choices":[],"sendClass":"ordinary","keys":["common:',
  '"lastInboundAt":17,"causedAt":17,"messageId":"wamid.HBgNNTAy","sentAt":17,"content":{"kind":"text","text":"',
  '"caseId":"","reason":"asked-for-a-person","urgency":"U2","openedAt":17,"status":"open","brief":{"dialog":"',
  '"found":{"kind":"found","trade":"soldadura","country":"GT","results":[{"serviceId":"gt-","organisation":"Instituto Nacional',
  ' de Capacitación","service":{"es":"Cursos","en":"courses"},"teaches":"many-trades","cost":"unknown","costNote":{"es":"',
  '"centre":{"name":"","city":"","department":"","nearness":"nearest","kilometres":},"otherCentres":["","online":true,"howToApply":{',
  '"es":"Vaya al centro más cercano","en":"Go to the nearest centre"},"bring":"schedule":"phone":"sourceName":"","sourceDate":"2026',
  '","askBeforeYouGo":true}]},"duty":{"kind":"nobody","alreadyWaiting":true,"safeToWrite":"yes","emergency":{"numbers":[{"number":"',
  '"lastSaid":{"parts":[{"key":"training:","params":{"service":"","place":"","date":"","country":"","trade":""}},{"key":"common:',
  'notice.whatsapp.organisation","params":{"organisation":"}}],"choices":[{"value":"enrol","title":{"key":"training:choice.enrol"}},',
  '{"value":"person","title":{"key":"common:choice.person"}}]},"misses":0,"kept":[],"interests":[],"alike":{"hash":,"count":1,"since":17',
  '"noticeGiven":true,"stopped":false,"calm":{"caseId":"","lastInboundAt":17,"dialogs":[{"dialog":"training","version":1,"step":"offer",',
  '"values":{"trade":"","place":{"country":"GT","city":"","department":""},"trail":[{"step":"askTrade","values":{}},{"step":"askPlace",',
  '"values":{}}],"misses":0}],"waitingRequests":[{"intent":"","slots":{}}],"lookUp":{"requestId":"","deadline":17},',
  '{"schema":1,"conversationId":"","version":1,"address":{"channel":"whatsapp","account":"","recipient":"502"},"aliases":["',
  '"],"language":{"tag":"es","chosenBy":"detected"},"form":"usted","place":{"numberCountry":"GT","now":{"country":"GT","city":"',
  '"ownership":{"kind":"bot"},"openCases":[],"noticeGiven":true,"stopped":false,"lastInboundAt":17,"dialogs":[],"waitingRequests":[],',
].join('\n');
