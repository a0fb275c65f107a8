/**
 * The first axes of principal component analysis, most telling first, as unit vectors. The mean is taken off `vectors` in place.
 * Orthogonal iteration: Golub and Van Loan, Matrix Computations (2013), section 8.2.4.
 */
export function principalAxes(vectors, width, wanted, rounds = 30) {
  const count = vectors.length / width;
  const mean = new Float64Array(width);
  vectors.forEach((value, i) => (mean[i % width] += value / count));
  vectors.forEach((value, i) => (vectors[i] = value - mean[i % width]));
  const covariance = Array.from({ length: width }, () => new Float64Array(width));
  for (let start = 0; start < vectors.length; start += width) {
    for (let i = 0; i < width; i++) {
      const [row, value] = [covariance[i], vectors[start + i] / count];
      for (let j = 0; j < width; j++) {
        row[j] += value * vectors[start + j];
      }
    }
  }

  // Some axes more than wanted: the last ones of a block settle slowly.
  const block = Math.min(width, wanted + 16);
  let axes = orthonormal(Array.from({ length: block }, (_, i) => Float64Array.from(covariance[(i * 37) % width])));
  for (let round = 0; round < rounds; round++) {
    axes = orthonormal(axes.map((axis) => Float64Array.from(covariance, (row) => dot(row, axis))));
  }

  return axes.slice(0, wanted);
}

function orthonormal(axes) {
  for (let i = 0; i < axes.length; i++) {
    for (let j = 0; j < i; j++) {
      const overlap = dot(axes[i], axes[j]);
      axes[i].forEach((_, k) => (axes[i][k] -= overlap * axes[j][k]));
    }
    const length = Math.sqrt(dot(axes[i], axes[i]));
    axes[i].forEach((_, k) => (axes[i][k] /= length));
  }
  return axes;
}

function dot(a, b) {
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    sum += a[i] * b[i];
  }
  return sum;
}
