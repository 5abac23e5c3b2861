import * as M from './lessons/approximation/maurey.ts';
import * as B from './lessons/approximation/fixedBasis.ts';
import { trainedShare } from './lessons/approximation/oneNeuron.ts';
for (const [d,s] of [[1,1],[2,1],[8,.5],[16,.4]] as const) console.log('V',d,s,M.sampledVariance({d,s}).toFixed(5), 'C', M.barronConstant({d,s}).toFixed(4));
for (const [d,s] of [[1,.5],[8,.5],[32,.5],[32,1.5],[1,.2]] as const) for (const m of [4,64,512]) {
  const t0=performance.now(); const S=32; const e=Array.from({length:S},(_,r)=>M.sampledError({d,s},M.sampleFrequencies({d,s},m,r)));
  const mean=e.reduce((a,b)=>a+b)/S; const sd=Math.sqrt(e.reduce((a,b)=>a+(b-mean)**2,0)/(S-1)); const V=M.sampledVariance({d,s})/m;
  console.log(d,s,m,'ratio',(mean/V).toFixed(4),'z',((mean-V)/Math.sqrt(M.errorVariance({d,s},m)/S)).toFixed(2),'sd ratio',(sd/Math.sqrt(M.errorVariance({d,s},m))).toFixed(3),(performance.now()-t0).toFixed(0)+'ms');
}
for (const [d,n] of [[1,1],[1,4],[2,4],[2,16],[4,16],[4,256],[8,256],[8,1024],[16,1024]] as const) console.log('missed',d,n,B.missed(n,{d,s:1}).toFixed(4));
for (const d of [1,2,4,8,16]) console.log('size',d,B.basisSize(.1,{d,s:1}), B.mehler(1));
for (const [d,s] of [[1,1],[2,1],[4,1],[8,1],[8,.5],[16,1.5],[1,.2]] as const) { const t0=performance.now(); const v=[...B.leastSquaresMissed({d,s},B.basisOf({d,s},256,0))];
 console.log('LS',d,s,[1,4,16,64,256].map(n=>`${n}: ${v[n-1]!.toExponential(3)} floor ${B.missed(n,{d,s}).toExponential(3)}`).join('  '),(performance.now()-t0).toFixed(0)+'ms');
 const t1=performance.now(); const sh=Array.from({length:24},(_,r)=>trainedShare({d,s},r)); console.log('   trained', sh.map(v=>v.toExponential(1)).sort().join(' '), ((performance.now()-t1)/24).toFixed(1)); }
