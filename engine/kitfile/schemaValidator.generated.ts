// @ts-nocheck
// biome-ignore-all lint: generated
// biome-ignore-all format: generated
// biome-ignore-all assist: generated
// Made by scripts/kitfileValidator.mjs from schemas/kitfile.json.

export const validate = validate10;
const schema11 = {"type":"object","properties":{"manifestVersion":{"type":"string"},"package":{"type":"object","properties":{"name":{"type":"string"},"version":{"type":"string"},"description":{"type":"string"},"license":{"type":"string"},"authors":{"type":"array","items":{"type":"string"}}},"additionalProperties":false},"model":{"type":"object","properties":{"name":{"type":"string"},"path":{"type":"string"},"license":{"type":"string"},"framework":{"type":"string"},"format":{"type":"string"},"version":{"type":"string"},"description":{"type":"string"},"parts":{"type":"array","items":{"type":"object","properties":{"name":{"type":"string"},"path":{"type":"string"},"license":{"type":"string"},"type":{"type":"string"}},"additionalProperties":false}},"parameters":{}},"additionalProperties":false},"code":{"type":"array","items":{"type":"object","properties":{"path":{"type":"string"},"description":{"type":"string"},"license":{"type":"string"}},"additionalProperties":false}},"datasets":{"type":"array","items":{"type":"object","properties":{"name":{"type":"string"},"path":{"type":"string"},"remotePath":{"type":"string"},"remoteHash":{"type":"string"},"description":{"type":"string"},"license":{"type":"string"},"parameters":{}},"additionalProperties":false}},"docs":{"type":"array","items":{"type":"object","properties":{"path":{"type":"string"},"description":{"type":"string"}},"additionalProperties":false}},"prompts":{"type":"array","items":{"type":"object","properties":{"name":{"type":"string"},"path":{"type":"string"},"description":{"type":"string"}},"additionalProperties":false}},"mcpServers":{"type":"array","items":{"type":"object","properties":{"name":{"type":"string"},"path":{"type":"string"},"description":{"type":"string"}},"required":["name","path"],"additionalProperties":false}}},"additionalProperties":false};
const func2 = Object.prototype.hasOwnProperty;

function validate10(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((((((key0 === "manifestVersion") || (key0 === "package")) || (key0 === "model")) || (key0 === "code")) || (key0 === "datasets")) || (key0 === "docs")) || (key0 === "prompts")) || (key0 === "mcpServers"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.manifestVersion !== undefined){
if(typeof data.manifestVersion !== "string"){
const err1 = {instancePath:instancePath+"/manifestVersion",schemaPath:"#/properties/manifestVersion/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.package !== undefined){
let data1 = data.package;
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
for(const key1 in data1){
if(!(((((key1 === "name") || (key1 === "version")) || (key1 === "description")) || (key1 === "license")) || (key1 === "authors"))){
const err2 = {instancePath:instancePath+"/package",schemaPath:"#/properties/package/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1}};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data1.name !== undefined){
if(typeof data1.name !== "string"){
const err3 = {instancePath:instancePath+"/package/name",schemaPath:"#/properties/package/properties/name/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data1.version !== undefined){
if(typeof data1.version !== "string"){
const err4 = {instancePath:instancePath+"/package/version",schemaPath:"#/properties/package/properties/version/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data1.description !== undefined){
if(typeof data1.description !== "string"){
const err5 = {instancePath:instancePath+"/package/description",schemaPath:"#/properties/package/properties/description/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data1.license !== undefined){
if(typeof data1.license !== "string"){
const err6 = {instancePath:instancePath+"/package/license",schemaPath:"#/properties/package/properties/license/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data1.authors !== undefined){
let data6 = data1.authors;
if(Array.isArray(data6)){
const len0 = data6.length;
for(let i0=0; i0<len0; i0++){
if(typeof data6[i0] !== "string"){
const err7 = {instancePath:instancePath+"/package/authors/" + i0,schemaPath:"#/properties/package/properties/authors/items/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
}
else {
const err8 = {instancePath:instancePath+"/package/authors",schemaPath:"#/properties/package/properties/authors/type",keyword:"type",params:{type: "array"}};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
}
else {
const err9 = {instancePath:instancePath+"/package",schemaPath:"#/properties/package/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.model !== undefined){
let data8 = data.model;
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
for(const key2 in data8){
if(!(func2.call(schema11.properties.model.properties, key2))){
const err10 = {instancePath:instancePath+"/model",schemaPath:"#/properties/model/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2}};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data8.name !== undefined){
if(typeof data8.name !== "string"){
const err11 = {instancePath:instancePath+"/model/name",schemaPath:"#/properties/model/properties/name/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data8.path !== undefined){
if(typeof data8.path !== "string"){
const err12 = {instancePath:instancePath+"/model/path",schemaPath:"#/properties/model/properties/path/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data8.license !== undefined){
if(typeof data8.license !== "string"){
const err13 = {instancePath:instancePath+"/model/license",schemaPath:"#/properties/model/properties/license/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data8.framework !== undefined){
if(typeof data8.framework !== "string"){
const err14 = {instancePath:instancePath+"/model/framework",schemaPath:"#/properties/model/properties/framework/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data8.format !== undefined){
if(typeof data8.format !== "string"){
const err15 = {instancePath:instancePath+"/model/format",schemaPath:"#/properties/model/properties/format/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data8.version !== undefined){
if(typeof data8.version !== "string"){
const err16 = {instancePath:instancePath+"/model/version",schemaPath:"#/properties/model/properties/version/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data8.description !== undefined){
if(typeof data8.description !== "string"){
const err17 = {instancePath:instancePath+"/model/description",schemaPath:"#/properties/model/properties/description/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data8.parts !== undefined){
let data16 = data8.parts;
if(Array.isArray(data16)){
const len1 = data16.length;
for(let i1=0; i1<len1; i1++){
let data17 = data16[i1];
if(data17 && typeof data17 == "object" && !Array.isArray(data17)){
for(const key3 in data17){
if(!((((key3 === "name") || (key3 === "path")) || (key3 === "license")) || (key3 === "type"))){
const err18 = {instancePath:instancePath+"/model/parts/" + i1,schemaPath:"#/properties/model/properties/parts/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3}};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data17.name !== undefined){
if(typeof data17.name !== "string"){
const err19 = {instancePath:instancePath+"/model/parts/" + i1+"/name",schemaPath:"#/properties/model/properties/parts/items/properties/name/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data17.path !== undefined){
if(typeof data17.path !== "string"){
const err20 = {instancePath:instancePath+"/model/parts/" + i1+"/path",schemaPath:"#/properties/model/properties/parts/items/properties/path/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data17.license !== undefined){
if(typeof data17.license !== "string"){
const err21 = {instancePath:instancePath+"/model/parts/" + i1+"/license",schemaPath:"#/properties/model/properties/parts/items/properties/license/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
if(data17.type !== undefined){
if(typeof data17.type !== "string"){
const err22 = {instancePath:instancePath+"/model/parts/" + i1+"/type",schemaPath:"#/properties/model/properties/parts/items/properties/type/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
}
else {
const err23 = {instancePath:instancePath+"/model/parts/" + i1,schemaPath:"#/properties/model/properties/parts/items/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
}
else {
const err24 = {instancePath:instancePath+"/model/parts",schemaPath:"#/properties/model/properties/parts/type",keyword:"type",params:{type: "array"}};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
}
else {
const err25 = {instancePath:instancePath+"/model",schemaPath:"#/properties/model/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
if(data.code !== undefined){
let data22 = data.code;
if(Array.isArray(data22)){
const len2 = data22.length;
for(let i2=0; i2<len2; i2++){
let data23 = data22[i2];
if(data23 && typeof data23 == "object" && !Array.isArray(data23)){
for(const key4 in data23){
if(!(((key4 === "path") || (key4 === "description")) || (key4 === "license"))){
const err26 = {instancePath:instancePath+"/code/" + i2,schemaPath:"#/properties/code/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4}};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
if(data23.path !== undefined){
if(typeof data23.path !== "string"){
const err27 = {instancePath:instancePath+"/code/" + i2+"/path",schemaPath:"#/properties/code/items/properties/path/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
if(data23.description !== undefined){
if(typeof data23.description !== "string"){
const err28 = {instancePath:instancePath+"/code/" + i2+"/description",schemaPath:"#/properties/code/items/properties/description/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
if(data23.license !== undefined){
if(typeof data23.license !== "string"){
const err29 = {instancePath:instancePath+"/code/" + i2+"/license",schemaPath:"#/properties/code/items/properties/license/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
}
else {
const err30 = {instancePath:instancePath+"/code/" + i2,schemaPath:"#/properties/code/items/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
}
else {
const err31 = {instancePath:instancePath+"/code",schemaPath:"#/properties/code/type",keyword:"type",params:{type: "array"}};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
if(data.datasets !== undefined){
let data27 = data.datasets;
if(Array.isArray(data27)){
const len3 = data27.length;
for(let i3=0; i3<len3; i3++){
let data28 = data27[i3];
if(data28 && typeof data28 == "object" && !Array.isArray(data28)){
for(const key5 in data28){
if(!(((((((key5 === "name") || (key5 === "path")) || (key5 === "remotePath")) || (key5 === "remoteHash")) || (key5 === "description")) || (key5 === "license")) || (key5 === "parameters"))){
const err32 = {instancePath:instancePath+"/datasets/" + i3,schemaPath:"#/properties/datasets/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5}};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
if(data28.name !== undefined){
if(typeof data28.name !== "string"){
const err33 = {instancePath:instancePath+"/datasets/" + i3+"/name",schemaPath:"#/properties/datasets/items/properties/name/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
if(data28.path !== undefined){
if(typeof data28.path !== "string"){
const err34 = {instancePath:instancePath+"/datasets/" + i3+"/path",schemaPath:"#/properties/datasets/items/properties/path/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
if(data28.remotePath !== undefined){
if(typeof data28.remotePath !== "string"){
const err35 = {instancePath:instancePath+"/datasets/" + i3+"/remotePath",schemaPath:"#/properties/datasets/items/properties/remotePath/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
if(data28.remoteHash !== undefined){
if(typeof data28.remoteHash !== "string"){
const err36 = {instancePath:instancePath+"/datasets/" + i3+"/remoteHash",schemaPath:"#/properties/datasets/items/properties/remoteHash/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
if(data28.description !== undefined){
if(typeof data28.description !== "string"){
const err37 = {instancePath:instancePath+"/datasets/" + i3+"/description",schemaPath:"#/properties/datasets/items/properties/description/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
if(data28.license !== undefined){
if(typeof data28.license !== "string"){
const err38 = {instancePath:instancePath+"/datasets/" + i3+"/license",schemaPath:"#/properties/datasets/items/properties/license/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
}
else {
const err39 = {instancePath:instancePath+"/datasets/" + i3,schemaPath:"#/properties/datasets/items/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
}
else {
const err40 = {instancePath:instancePath+"/datasets",schemaPath:"#/properties/datasets/type",keyword:"type",params:{type: "array"}};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
if(data.docs !== undefined){
let data35 = data.docs;
if(Array.isArray(data35)){
const len4 = data35.length;
for(let i4=0; i4<len4; i4++){
let data36 = data35[i4];
if(data36 && typeof data36 == "object" && !Array.isArray(data36)){
for(const key6 in data36){
if(!((key6 === "path") || (key6 === "description"))){
const err41 = {instancePath:instancePath+"/docs/" + i4,schemaPath:"#/properties/docs/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key6}};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
if(data36.path !== undefined){
if(typeof data36.path !== "string"){
const err42 = {instancePath:instancePath+"/docs/" + i4+"/path",schemaPath:"#/properties/docs/items/properties/path/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
if(data36.description !== undefined){
if(typeof data36.description !== "string"){
const err43 = {instancePath:instancePath+"/docs/" + i4+"/description",schemaPath:"#/properties/docs/items/properties/description/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
}
else {
const err44 = {instancePath:instancePath+"/docs/" + i4,schemaPath:"#/properties/docs/items/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
}
else {
const err45 = {instancePath:instancePath+"/docs",schemaPath:"#/properties/docs/type",keyword:"type",params:{type: "array"}};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
if(data.prompts !== undefined){
let data39 = data.prompts;
if(Array.isArray(data39)){
const len5 = data39.length;
for(let i5=0; i5<len5; i5++){
let data40 = data39[i5];
if(data40 && typeof data40 == "object" && !Array.isArray(data40)){
for(const key7 in data40){
if(!(((key7 === "name") || (key7 === "path")) || (key7 === "description"))){
const err46 = {instancePath:instancePath+"/prompts/" + i5,schemaPath:"#/properties/prompts/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key7}};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
}
if(data40.name !== undefined){
if(typeof data40.name !== "string"){
const err47 = {instancePath:instancePath+"/prompts/" + i5+"/name",schemaPath:"#/properties/prompts/items/properties/name/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
if(data40.path !== undefined){
if(typeof data40.path !== "string"){
const err48 = {instancePath:instancePath+"/prompts/" + i5+"/path",schemaPath:"#/properties/prompts/items/properties/path/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
}
if(data40.description !== undefined){
if(typeof data40.description !== "string"){
const err49 = {instancePath:instancePath+"/prompts/" + i5+"/description",schemaPath:"#/properties/prompts/items/properties/description/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
}
}
else {
const err50 = {instancePath:instancePath+"/prompts/" + i5,schemaPath:"#/properties/prompts/items/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
}
}
else {
const err51 = {instancePath:instancePath+"/prompts",schemaPath:"#/properties/prompts/type",keyword:"type",params:{type: "array"}};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
}
if(data.mcpServers !== undefined){
let data44 = data.mcpServers;
if(Array.isArray(data44)){
const len6 = data44.length;
for(let i6=0; i6<len6; i6++){
let data45 = data44[i6];
if(data45 && typeof data45 == "object" && !Array.isArray(data45)){
if(data45.name === undefined){
const err52 = {instancePath:instancePath+"/mcpServers/" + i6,schemaPath:"#/properties/mcpServers/items/required",keyword:"required",params:{missingProperty: "name"}};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
if(data45.path === undefined){
const err53 = {instancePath:instancePath+"/mcpServers/" + i6,schemaPath:"#/properties/mcpServers/items/required",keyword:"required",params:{missingProperty: "path"}};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
for(const key8 in data45){
if(!(((key8 === "name") || (key8 === "path")) || (key8 === "description"))){
const err54 = {instancePath:instancePath+"/mcpServers/" + i6,schemaPath:"#/properties/mcpServers/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key8}};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
}
if(data45.name !== undefined){
if(typeof data45.name !== "string"){
const err55 = {instancePath:instancePath+"/mcpServers/" + i6+"/name",schemaPath:"#/properties/mcpServers/items/properties/name/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
}
if(data45.path !== undefined){
if(typeof data45.path !== "string"){
const err56 = {instancePath:instancePath+"/mcpServers/" + i6+"/path",schemaPath:"#/properties/mcpServers/items/properties/path/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
}
if(data45.description !== undefined){
if(typeof data45.description !== "string"){
const err57 = {instancePath:instancePath+"/mcpServers/" + i6+"/description",schemaPath:"#/properties/mcpServers/items/properties/description/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
}
}
else {
const err58 = {instancePath:instancePath+"/mcpServers/" + i6,schemaPath:"#/properties/mcpServers/items/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
}
}
else {
const err59 = {instancePath:instancePath+"/mcpServers",schemaPath:"#/properties/mcpServers/type",keyword:"type",params:{type: "array"}};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
}
}
else {
const err60 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
validate10.errors = vErrors;
return errors === 0;
}
