/** A process that is only a diagram and lies nowhere in the definitions: suggestions (docs/domain.md#other-service-processes) are taken, passed on, answered. */

const xml = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:careloop="https://careloop.dev/schema/1.0"
  id="suggestion-definitions" targetNamespace="https://careloop.dev/tests">
  <bpmn:process id="suggestion" name="建议" isExecutable="true" careloop:title="=subject" careloop:candidateStarterGroups="*"
    careloop:leaderGroups="hr" careloop:businessKeyPattern="S{facility}{yy}{serial:3}">
    <bpmn:extensionElements>
      <careloop:stage id="screening" name="受理" nameEn="Screening" />
      <careloop:stage id="answering" name="答复" nameEn="Answering" />
      <careloop:column id="subject" name="主题" nameEn="Subject" type="text" value="=subject" searchable="true" />
      <careloop:column id="area" name="领域" nameEn="Area" type="choice" value="=area" searchable="true">
        <careloop:choice value="service" name="服务" nameEn="Service" />
        <careloop:choice value="canteen" name="食堂" nameEn="Canteen" />
      </careloop:column>
      <careloop:column id="savingCents" name="预计节省" nameEn="Saving" type="money" value="=savingCents" searchable="true" />
      <careloop:column id="madeOn" name="提出日期" nameEn="Made on" type="date" value="=startedAt" searchable="true" />
      <careloop:column id="suggestedBy" name="提出人" nameEn="Suggested by" type="person" value="=startedBy" searchable="true" />
      <careloop:column id="outcome" name="结果" nameEn="Outcome" type="choice" value="=outcome" searchable="true">
        <careloop:choice value="adopted" name="采纳" nameEn="Adopted" />
        <careloop:choice value="declined" name="不采纳" nameEn="Declined" />
      </careloop:column>
    </bpmn:extensionElements>
    <bpmn:startEvent id="SuggestionMade" name="提出建议">
      <bpmn:extensionElements>
        <zeebe:formDefinition formId="suggestion" />
        <zeebe:ioMapping>
          <zeebe:output source="=get or else(savingCents, null)" target="savingCents" />
          <zeebe:output source="=null" target="outcome" />
        </zeebe:ioMapping>
      </bpmn:extensionElements>
    </bpmn:startEvent>
    <bpmn:sequenceFlow id="ToScreen" sourceRef="SuggestionMade" targetRef="Screen" />
    <bpmn:userTask id="Screen" name="受理建议" careloop:stage="screening">
      <bpmn:extensionElements>
        <zeebe:userTask />
        <zeebe:assignmentDefinition candidateGroups="gm-office" />
        <zeebe:formDefinition formId="screening" />
      </bpmn:extensionElements>
    </bpmn:userTask>
    <bpmn:sequenceFlow id="ToIsPassedOn" sourceRef="Screen" targetRef="IsPassedOn" />
    <bpmn:exclusiveGateway id="IsPassedOn" name="转办吗？" default="ToAnswerByOffice" />
    <bpmn:sequenceFlow id="ToAnswerByDepartment" name="是" sourceRef="IsPassedOn" targetRef="AnswerByDepartment">
      <bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">=route = "pass-on"</bpmn:conditionExpression>
    </bpmn:sequenceFlow>
    <bpmn:sequenceFlow id="ToAnswerByOffice" name="否" sourceRef="IsPassedOn" targetRef="AnswerByOffice" />
    <bpmn:userTask id="AnswerByDepartment" name="科室答复" careloop:stage="answering">
      <bpmn:extensionElements>
        <zeebe:userTask />
        <zeebe:assignmentDefinition candidateGroups="department-head" />
        <zeebe:formDefinition formId="answer" />
      </bpmn:extensionElements>
    </bpmn:userTask>
    <bpmn:userTask id="AnswerByOffice" name="总经办答复" careloop:stage="answering">
      <bpmn:extensionElements>
        <zeebe:userTask />
        <zeebe:assignmentDefinition candidateGroups="gm-office" />
        <zeebe:formDefinition formId="answer" />
      </bpmn:extensionElements>
    </bpmn:userTask>
    <bpmn:sequenceFlow id="ToAnswered1" sourceRef="AnswerByDepartment" targetRef="Answered" />
    <bpmn:sequenceFlow id="ToAnswered2" sourceRef="AnswerByOffice" targetRef="Answered" />
    <bpmn:endEvent id="Answered" name="已答复" />
  </bpmn:process>
</bpmn:definitions>`;

const choice = (key: string, label: string, values: [value: string, label: string][]) => ({
  type: 'select',
  key,
  label,
  values: values.map(([value, label]) => ({ value, label })),
  validate: { required: true },
});
const form = (id: string, name: string, components: object[]) => ({ type: 'default', id, name, components });

const forms = {
  suggestion: form('suggestion', '提出建议', [
    { type: 'textfield', key: 'subject', label: '主题', validate: { required: true, maxLength: 60 } },
    choice('area', '领域', [
      ['service', '服务'],
      ['canteen', '食堂'],
    ]),
    { type: 'number', key: 'savingCents', label: '预计节省（分）', decimalDigits: 0, validate: { min: 0 } },
  ]),
  screening: form('screening', '受理建议', [
    choice('route', '办理方式', [
      ['answer', '直接答复'],
      ['pass-on', '转科室'],
    ]),
  ]),
  answer: form('answer', '答复', [
    choice('outcome', '结果', [
      ['adopted', '采纳'],
      ['declined', '不采纳'],
    ]),
    { type: 'textarea', key: 'answer', label: '答复内容', validate: { required: true } },
  ]),
};

/** Body of `POST /api/definitions`. */
export const suggestion = { xml, forms, englishNames: { suggestion: 'Suggestion', Screen: 'Screen the suggestion' } };
