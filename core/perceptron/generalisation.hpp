// What a weight vector at a known distance from the teacher does on new patterns, exactly.
#pragma once

#include <vector>

namespace wv {

// Entry k of 0 .. d: epsilon_k = P(|B| > |A|), A and B sums of d - k and of k random signs: the
// probability that two weight vectors of odd dimension d which differ in k entries give a random
// pattern different labels.
std::vector<double> generalisationErrors(int d);

// Entry k of 0 .. d: the expected number of weight vectors at distance k from the teacher that
// classify n random patterns without an error: C(d, k) (1 - epsilon_k)^n.
std::vector<double> expectedSolutions(int d, int n);

// Entry e of 0 .. n: the expected number of weight vectors with e errors. Of a teacher's labels the
// sum over k of C(d, k) times the binomial of n and epsilon_k; of random labels 2^d C(n, e) / 2^n.
std::vector<double> expectedHistogramOfTeacher(int d, int n);
std::vector<double> expectedHistogramOfStorage(int d, int n);

}  // namespace wv
