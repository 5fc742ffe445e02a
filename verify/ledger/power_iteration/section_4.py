"""Section 4, eqs. (9) to (11): accumulated noise, covariances and the projection."""

import sympy as sp

from theory.denoiser import NOISY, SHIFTED, d, mean, s, unit, x0
from theory.domain import POSITIVE, Domain, domain_of
from theory.matrices import Expect, Orthogonal, Orthonormal
from theory.relation import Both, Identity, Inequality, MatrixIdentity
from theory.reverse import sig
from theory.symbols import symbols
from verify.claim import Claim
from verify.ledger.lanes import EXACT
from verify.ledger.ours.diffusion import after, n
from verify.ledger.ours.diffusion_model import codim, noisy, x_1, x_2

lam, lam2_i, lam2_j, count = symbols("lam_root lam2_i lam2_j n_data")
u, v, q = (sp.MatrixSymbol(name, d, 1) for name in ("u", "v", "q"))
U, S = sp.MatrixSymbol("U", d, d), sp.MatrixSymbol("S", d, d)
X0, E = sp.MatrixSymbol("X_0", d, count), sp.MatrixSymbol("E", d, count)
STEPS = Domain(((sig, POSITIVE), *domain_of((n,)).ranges))
PAIR = domain_of((lam2_i, lam2_j, s))
FRAME, BESIDE = (Orthonormal((u, v)),), (Orthonormal((u, q)),)
P = u * u.T + v * v.T

NOISE = "we can write x_t = x_0 + eps_{sigma_t}, where sigmabar_t = sqrt(sum_{i=0}^t sigma_i^2)"
COVARIANCE = (
    "its population covariance is given by Sigma_t = E x_0 x_0^T + sigmabar_t^2 I = sum_{i=0}^{r-1} lambda_i^2 u_i u_i^T + "
    "sigmabar_t^2 I"
)
SAMPLE = (
    "the sample covariate matrix Sigmahat_t = X_t X_t^T/n = (X_0 X_0^T + X_0 E^T + E X_0^T + E E^T)/n = U_t S_t U_t^T"
)
PROJECTION = "D_PCA^t = P_t = U_t U_t^T, the projection on perturbed principal components"
FORWARD = ("eq. (3): x_t = x_{t-1} + eps_{sigma_t} from x_0, with independent noises",)


CLAIMS = (
    Claim(
        id="wdmg.noise-sum.constant",
        says=NOISE,
        reading="sigma_i = sigma for all i, i = 0 included as in Theorem 4.3: the sum (t + 1) sigma^2 is the variance of x_t given "
        "x_0",
        where="sec. 4",
        source="as printed",
        relation=after((n + 1) * sig**2, sig**2),
        domain=STEPS,
        assumes=FORWARD,
        checks=EXACT,
        corrected_by="our.diffusion.noise_sum",
        formula=False,
    ),
    Claim(
        id="wdmg.noise-sum.linear",
        says=NOISE,
        reading="sigma_i = i sigma, the schedule of the experiments, where the term i = 0 is 0: the sum t (t + 1)(2 t + 1)/6 sigma^2 "
        "is the variance of x_t given x_0",
        where="sec. 4",
        source="as printed",
        relation=after(n * (n + 1) * (2 * n + 1) / 6 * sig**2, (n + 1) ** 2 * sig**2),
        domain=STEPS,
        assumes=FORWARD,
        checks=EXACT,
    ),
    Claim(
        id="wdmg.noise-sum.index",
        says=NOISE,
        reading="eps_{sigma_t} as written, with the variance sigma_t^2 of eq. (3) and not sigmabar_t^2, all sigma_i = sigma",
        where="sec. 4",
        source="as printed",
        relation=after(sig**2, sig**2),
        domain=STEPS,
        assumes=FORWARD,
        checks=EXACT,
        corrected_by="our.diffusion.noise_sum",
        formula=False,
    ),
    Claim(
        id="wdmg.eq9.moment",
        says=COVARIANCE,
        reading="the first equality for second moments, E x_t x_t^T, for data of any mean",
        where="eq. (9)",
        source="as printed",
        relation=MatrixIdentity(Expect(noisy * noisy.T), Expect(x0 * x0.T) + s * unit, SHIFTED),
        domain=NOISY,
        assumes=FORWARD,
        checks=EXACT,
    ),
    Claim(
        id="wdmg.eq9.covariance",
        says=COVARIANCE,
        reading="the first equality for the covariance of x_t, for data of any mean",
        where="eq. (9)",
        source="as printed",
        relation=MatrixIdentity(Expect((noisy - mean) * (noisy - mean).T), Expect(x0 * x0.T) + s * unit, SHIFTED),
        domain=NOISY,
        assumes=FORWARD,
        checks=EXACT,
        corrected_by="our.diffusion.covariance",
        formula=False,
    ),
    Claim(
        id="wdmg.eq9.spectrum",
        says=COVARIANCE,
        reading="the second equality is a diagonalisation: u_i has the eigenvalue lambda_i^2 + sigmabar_t^2, and every direction "
        "orthogonal to the data the eigenvalue sigmabar_t^2; for two components u and v, and for a direction q orthogonal to u",
        where="eq. (9)",
        source="as printed",
        relation=Both(
            (
                MatrixIdentity((lam2_i * u * u.T + lam2_j * v * v.T + s * unit) * u, (lam2_i + s) * u, FRAME),
                MatrixIdentity((lam2_i * u * u.T + s * unit) * q, s * q, BESIDE),
            )
        ),
        domain=PAIR,
        checks=EXACT,
    ),
    Claim(
        id="wdmg.eq9.eigenvalue",
        says='"the eigenvalues lambda_i are ordered largest to smallest"',
        reading="lambda_i itself is an eigenvalue of Sigma_0 = lambda^2 u u^T",
        where="after eq. (9)",
        source="as printed",
        relation=MatrixIdentity(lam**2 * u * u.T * u, lam * u, (Orthonormal((u,)),)),
        domain=domain_of((lam,)),
        checks=EXACT,
        corrected_by="our.diffusion.spectrum",
        formula=False,
    ),
    Claim(
        id="wdmg.eq9.subspace",
        says="where r - 1 < d, i.e., the data reside in a low dimensional subspace",
        reading="r - 1 < d, that is d - r >= 0 for integers, leaves at least one direction without data",
        where="after eq. (9)",
        source="as printed",
        relation=Inequality(codim, ">", sp.S.Zero),
        domain=domain_of((codim,)),
        checks=EXACT,
        corrected_by="our.diffusion.rank",
        formula=False,
    ),
    Claim(
        id="wdmg.eq10.expansion",
        says=SAMPLE,
        reading="the second equality, for any number of samples and any dimension",
        where="eq. (10)",
        source="as printed",
        relation=MatrixIdentity((X0 + E) * (X0 + E).T / count, (X0 * X0.T + X0 * E.T + E * X0.T + E * E.T) / count),
        domain=domain_of((count,)),
        checks=EXACT,
    ),
    Claim(
        id="wdmg.eq10.diagonal",
        says=SAMPLE,
        reading="the last equality: the columns of an orthogonal U_t are eigenvectors, Sigmahat_t U_t = U_t S_t",
        where="eq. (10)",
        source="as printed",
        relation=MatrixIdentity(U * S * U.T * U, U * S, (Orthogonal(U),)),
        domain=Domain(()),
        checks=EXACT,
    ),
    Claim(
        id="wdmg.eq10.centred",
        says=SAMPLE,
        reading="X_t X_t^T/n is the sample covariance, of which the sample mean is taken away; two samples of one coordinate",
        where="eq. (10)",
        source="as printed",
        relation=Identity((x_1**2 + x_2**2) / 2, ((x_1 - x_2) / 2) ** 2),
        domain=domain_of((x_1, x_2)),
        checks=EXACT,
        corrected_by="our.diffusion.sample_covariance",
        formula=False,
    ),
    Claim(
        id="wdmg.eq11.full",
        says=PROJECTION,
        reading="U_t is the d x d matrix of eq. (10), and P_t the projection on one component u (r = 1)",
        where="eqs. (10), (11)",
        source="as printed",
        relation=MatrixIdentity(U * U.T, u * u.T, (Orthogonal(U), Orthonormal((u,)))),
        domain=Domain(()),
        checks=EXACT,
        corrected_by="our.diffusion.complete",
        formula=False,
    ),
    Claim(
        id="wdmg.eq11.leading",
        says=PROJECTION,
        reading="U_t has the leading columns only; for two of them, u and v: P_t is symmetric, P_t^2 = P_t, tr P_t = 2",
        where="eq. (11)",
        source="as printed",
        relation=Both(
            (
                MatrixIdentity(P * P, P, FRAME),
                MatrixIdentity(P.T, P),
                MatrixIdentity(sp.Trace(P), sp.Integer(2), FRAME),
            )
        ),
        domain=Domain(()),
        checks=EXACT,
    ),
)
