// The kernels that every program has.
#include "kernel.hpp"
#include "sizes.hpp"

namespace wv::bench {

std::vector<Kernel> kernels() {
  return {
      sgd("trajectory-2", 2, 1, trajectorySteps),
      sgd("trajectory-10", 10, 1, trajectorySteps),
      sgd("trajectory-50", 50, 1, trajectorySteps),
      sgd("ensemble-2", 2, replicates, ensembleSteps),
      sgd("ensemble-10", 10, replicates, ensembleSteps),
      sgd("ensemble-50", 50, replicates, ensembleSteps / 5),
      sgd("ensemble-10 of R/10", 10, replicates / 10, ensembleSteps),
      sgd("ensemble-10 of t/10", 10, replicates, ensembleSteps / 10),
      langevin("langevin"),
      normalVariates("normals"),
      entropySgd("entropy-sgd"),
      networkEpoch("network"),
      enumeration("enumeration"),
  };
}

}  // namespace wv::bench
