export const files = {
  'files.title': '文件',
  'files.choose': '选择文件',
  'files.photograph': '拍照',
  'files.orDrop': '或拖到这里',
  'files.limit': '单个文件不超过 {mb} MB，支持照片、录音、PDF、办公文档。',
  'files.unchanged': '照片保留原始信息，包括拍摄时间和地点。',
  'files.progress': '正在上传 {name}',
  'files.drop': '移除 {name}',
  'files.gone': '内容已按保留期限删除',
  'files.unknown': '文件已失效，请移除后重新上传。',
  'files.busy': '文件仍在上传。请等待完成，或重试、移除失败的文件。',
  'files.uploaded': '{name}于 {time} 上传',
} as const;
