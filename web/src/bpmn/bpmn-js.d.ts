declare module 'bpmn-js/lib/NavigatedViewer' {
  export { default } from 'bpmn-js/lib/BaseViewer';
}
