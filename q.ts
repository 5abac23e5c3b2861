import { nodeLanes } from "#engine/node.ts"; import { errorAgainstReference } from "#engine/selfTest.ts"; { const { device, info } = await nodeLanes.choose("wasm"); console.log(info.lane, info.notes); for (const a of ["relu","tanh","erf","linear"] as const) for (const sizes of [[3,1],[1,5,1],[3,7,5,1],[2,7,6,5,1]]) console.log(a, sizes.join(), await errorAgainstReference(device, {...smallJob({sizes,samples:7,activation:a}), optimiser:{kind:"gd",stepSize:[.02,.03]}}).catch(e=>e));}
import { loops } from './bench/contenders/loops.ts';
import { lane } from './bench/contenders/lane.ts';
import { smallJob } from '#engine/selfTest.ts';
const cpu=async(f:()=>unknown)=>{const a=process.cpuUsage();await f();const b=process.cpuUsage(a);return (b.user+b.system)};
const tasks:any[]=[['relu',[2,8,1],10],['relu',[2,64,1],200],['tanh',[2,64,1],200],['erf',[2,64,1],200],['relu',[2,64,1],10],['relu',[20,512,1],10],['relu',[20,512,1],200],['relu',[2,64,64,1],200],['relu',[10,64,64,64,64,1],200],['relu',[20,256,256,1],200]];
for(const [activation,sizes,samples] of tasks){
 const job={...smallJob({activation,sizes,samples,replicas:1}),optimiser:{kind:'gd' as const,stepSize:0.01}};
 const res:any={};
 const run:any={};
 for(const c of [lane('wasm','wasm'),loops]){ const t=await c.start(job); if(!t)continue; let k=1; await t.steps(10); await t.steps(10);
  for(;;){const us=await cpu(()=>t.steps(k)); if(us>60000)break; k=Math.ceil(k*2)} run[c.name]={t,k};res[c.name]=[];}
 for(let i=0;i<5;i++) for(const n in run){res[n].push(await cpu(()=>run[n].t.steps(run[n].k))/run[n].k)}
 const med=(a:number[])=>a.sort((x,y)=>x-y)[a.length>>1];
 let fl=0; for(let l=0;l+1<sizes.length;l++) fl+=(l?6:4)*sizes[l]*sizes[l+1]; fl*=samples;
 const w=med(res.wasm)!, l=res.loops?med(res.loops)!:NaN;
 console.log(activation,sizes.join('-'),samples,'wasm',w.toFixed(3),'us  loops',l.toFixed(2),'ratio',(l/w).toFixed(2),'GFLOP/s',(fl/w/1e3).toFixed(2));
}
