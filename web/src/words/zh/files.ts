export const files = {
  'files.title': '文件',
  'files.choose': '选择文件',
  'files.photograph': '拍照',
  'files.orDrop': '或拖到这里',
  'files.limit': '每个最多 {mb} MB，支持照片、录音、PDF、办公文档。',
  'files.unchanged': '照片按原样保存，含拍摄时间和地点。',
  'files.progress': '正在上传 {name}',
  'files.drop': '移除 {name}',
  'files.gone': '内容已过保留期',
  'files.unknown': '文件已失效，请移除后重新上传。',
  'files.busy': '文件还没有传完。请等待上传，或重试、移除失败的文件。',
  'files.uploaded': '{name}于 {time} 上传',
} as const;
