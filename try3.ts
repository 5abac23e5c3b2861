import * as T from './lessons/approximation/training.ts';
import { lawsOf } from './lessons/approximation/laws.ts';
import { createNodeLab } from '#engine/node.ts';
import { targetKnob } from './lessons/approximation/target.ts';
const [name='sine', widest='32', steps='1500', trained='all', seeds='3', lane='cpu'] = process.argv.slice(2);
const target = targetKnob.presets[name] ?? name;
const run = { params: { target, widest: +widest, trained, steps: +steps }, seed: 0, seeds: +seeds };
const widths = T.widthsOf(run.params);
let t0 = performance.now();
const fit = T.fittedErrors({ ...run.params, seed: 0, seeds: +seeds } as never), floor = T.floors({ target, widest: +widest });
console.log('theory ms', performance.now() - t0); t0 = performance.now();
const lab = await createNodeLab(lane as never);
const s = await lab.open(T.trainingJob(run));
for (let k = 0; k < 2; k++) {
  if (k) await s.advance(+steps);
  const loss = await s.probe({ kind: 'loss' });
  widths.forEach((m, i) => {
    const r = fit.map((row, q) => Math.sqrt(loss[q * widths.length + i]!) / row[i]!).sort((a,b)=>a-b);
    console.log(k ? 'end' : 'start', m, 'LS', fit[0]![i]!.toExponential(3), 'law', (lawsOf(target).leastSquares/m/m).toExponential(3), 'floor/LS', (floor[i]!/fit[0]![i]!).toFixed(3), 'rms/LS min med max', r[0]!.toFixed(3), r[r.length>>1]!.toFixed(3), r.at(-1)!.toFixed(3), 'mean', (r.reduce((a,b)=>a+b)/r.length).toFixed(3));
  });
}
console.log('ms', performance.now() - t0); s.dispose();
