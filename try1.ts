import { lawsOf } from '/work/wt/approximation/lessons/approximation/laws.ts';
import { resolution } from '/work/wt/approximation/lessons/approximation/resolution.ts';
import { densityKnots, evenKnots, uniformKnots } from '/work/wt/approximation/lessons/approximation/knots.ts';
import { supError, rmsError, leastSquares, cellErrors } from '/work/wt/approximation/lessons/approximation/interpolant.ts';
import { targetOf, targetKnob } from '/work/wt/approximation/lessons/approximation/target.ts';
for (const text of [...Object.values(targetKnob.presets), 'sqrt(x)', 'exp(3*x)*sin(9*x)', 'x^3-x/2']) {
  const t = targetOf(text); console.log(text, t.rough, JSON.stringify(lawsOf(text)));
  const l = lawsOf(text);
  for (const m of [4,8,16,32,64,128,256,512]) {
    const start = performance.now();
    const u = uniformKnots(m), e = evenKnots(text,m), d = densityKnots(text,m,.4);
    const mid = performance.now();
    const r = resolution({text,m});
    console.log(Math.min(...cellErrors(t.f,e).map(c=>c.sup))/supError(t.f,e)); const v = { sup: supError(t.f,u), supFree: supError(t.f,e), interpolation: rmsError(t.f,u), leastSquares: rmsError(t.f,u,leastSquares(t.f,u)), leastSquaresFree: rmsError(t.f,d,leastSquares(t.f,d)) };
    console.log(m, Object.keys(v).map(k=>`${k} ${(v[k]*m*m/l[k]-1).toFixed(4)} (${r[k].toFixed(3)})`).join('  '), (mid-start).toFixed(0), (performance.now()-mid).toFixed(0));
  }
}
