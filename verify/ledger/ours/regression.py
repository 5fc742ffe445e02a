"""Corrections to sections 3 and 4.1 and appendices C.1 and C.2: regression, ridge form and the sampler's start."""

import sympy as sp

from numerics import noised_law, scenes
from numerics.scenes import joint as joint_scenes
from theory import joint, regression
from theory.domain import POSITIVE, Domain, domain_of
from theory.matrices import Covariance, Expect, Inv, Moments, Rate, norm2
from theory.one_layer import sampled
from theory.relation import Both, Inequality, LimitIs, MatrixIdentity, Solves, Stationary
from theory.symbols import symbols
from verify.checks.matrices import Matrices, point_of
from verify.checks.ode import Ode, box
from verify.claim import Claim
from verify.ledger.lanes import EXACT

d, e, lam, mu, sigma, sigma0, sigmaT, eta, tau, y = symbols("d e lam mu sigma sigma0 sigmaT eta tau y")
W, b, W0, x, mu_x = joint.W, joint.b, joint.W0, joint.x, joint.mu_x
rest, mu_r, Sigma_rr = sp.MatrixSymbol("r", e, 1), sp.MatrixSymbol("mu_r", e, 1), sp.MatrixSymbol("Sigma_rr", e, e)
SPLIT = (
    Moments(x, mu_x, joint.Sigma_xx),
    Moments(rest, mu_r, Sigma_rr),
    Covariance(rest, x, sp.ZeroMatrix(e, d)),
)
WHITE = (*regression.DATA[:3], Covariance(regression.x0, regression.z, sp.ZeroMatrix(d, d)))
SAMPLED = domain_of((lam, sigma0, sigmaT)).where(sigma0 < sigmaT)
BELOW = Domain(((lam, POSITIVE), (sigma, POSITIVE))).where(lam < sigma**2)
gain = lam / (lam + sigma**2)
generated = sigmaT**2 * (lam + sigma0**2) / (lam + sigmaT**2)
CONVERGED = box(lam=("0.05", "2.0"), sigma0=("0.05", "0.5"), sigmaT=("1.5", "10.0"))

CLAIMS = (
    Claim(
        id="our.regression.flow",
        says="the gradient flow of W reads dW/dtau = -2 eta (W Sigma_xx - Sigma_yx) - eta grad_b L mu_x^T, with the factor 1, not 2, before grad_b L",
        where="corrects eq. (13) of app. C.1",
        source="ours",
        relation=MatrixIdentity(
            Rate(W, tau),
            -2 * eta * (W * joint.Sigma_xx - joint.Sigma_yx) - eta * (2 * (W * mu_x + b - joint.mu_y)) * mu_x.T,
            (*joint.LAW, *joint.FLOW),
        ),
        domain=joint.TRAINED,
        derived_in="joint regression: flow of W",
        checks=(*EXACT, Matrices(scene=joint_scenes.speed_of_W)),
    ),
    Claim(
        id="our.regression.target",
        says="the target level of the regression is Sigma_yx Sigma_xx^-1, in this order",
        where="corrects the end of the proof of Lemma C.1",
        source="ours",
        relation=Stationary(
            scalar=joint.loss,
            letters=(W, b),
            at=sp.Tuple(joint.Sigma_yx * Inv(joint.Sigma_xx), joint.mu_y - joint.Sigma_yx * Inv(joint.Sigma_xx) * mu_x),
            given=(*joint.LAW, joint.REGULAR),
        ),
        domain=joint.ANYWHERE,
        derived_in="joint regression: optimum",
        checks=(*EXACT, Matrices(scene=joint_scenes.minimiser, formula=point_of)),
    ),
    Claim(
        id="our.regression.rate",
        says="for inputs of any mean the deviations obey d(W - W*)/dtau = -2 eta [(W - W*)(Sigma_xx + mu_x mu_x^T) + (b - b*) mu_x^T]: the mean enters the rate and couples W to b",
        where="corrects the end of the proof of Lemma C.1",
        source="ours",
        relation=MatrixIdentity(
            Rate(W - joint.W_opt, tau),
            -2 * eta * ((W - joint.W_opt) * (joint.Sigma_xx + mu_x * mu_x.T) + (b - joint.b_opt) * mu_x.T),
            (*joint.LAW, joint.REGULAR, *joint.FLOW),
        ),
        domain=joint.TRAINED,
        checks=(*EXACT, Matrices(scene=joint_scenes.speed_of_W)),
    ),
    Claim(
        id="our.regression.singular",
        says="whatever the law, y = W_0 x + r with r uncorrelated with x, and the loss is |(W - W_0) mu_x + b - mu_r|^2 + Tr (W - W_0) Sigma_xx (W - W_0)^T + Tr Sigma_rr: every W with (W - W_0) Sigma_xx = 0 is optimal, with b = mu_y - W mu_x",
        where="corrects eqs. (11), (12) of app. C.1 where Sigma_xx has no inverse",
        source="ours",
        reading="W_0 is any solution of W_0 Sigma_xx = Sigma_yx, which always has one",
        relation=MatrixIdentity(
            Expect(norm2(W * x + b - (W0 * x + rest))),
            norm2((W - W0) * mu_x + b - mu_r) + sp.Trace((W - W0) * joint.Sigma_xx * (W - W0).T) + sp.Trace(Sigma_rr),
            SPLIT,
        ),
        domain=joint.ANYWHERE,
        checks=(*EXACT, Matrices(scene=joint_scenes.split_loss)),
    ),
    Claim(
        id="our.ridge.white",
        says="the ridge form holds for every zero-mean noise of unit covariance that is uncorrelated with the data, Gaussian or not",
        where="corrects the proof of Lemma C.5",
        source="ours",
        relation=MatrixIdentity(
            regression.loss,
            Expect(norm2(regression.W * regression.x0 + regression.b - regression.x0)) + sigma**2 * norm2(regression.W),
            WHITE,
        ),
        domain=regression.NOISE,
        derived_in="regression: ridge form",
        checks=(*EXACT, Matrices(scene=scenes.loss_value)),
    ),
    Claim(
        id="our.denoiser.below_threshold",
        says="a mode with 0 < lam < sigma^2 is damped, not removed: its gain lies between lam/(2 sigma^2) and lam/sigma^2, and below 1/2",
        where="corrects section 3.2",
        source="ours",
        relation=Both(
            (
                Inequality(gain, ">", lam / (2 * sigma**2)),
                Inequality(gain, "<", lam / sigma**2),
                Inequality(gain, "<", sp.Rational(1, 2)),
            )
        ),
        domain=BELOW,
        checks=EXACT,
        formula=False,
        slips=(
            Inequality(gain, "<=", sp.S.Zero),
            Inequality(gain, ">", lam / sigma**2),
            Inequality(gain, "<", sp.Rational(1, 4)),
        ),
    ),
    Claim(
        id="our.sampling.white_variance",
        says="from N(0, sigma_T^2 I) the optimal denoisers generate the variance sigma_T^2 (lam + sigma_0^2)/(lam + sigma_T^2), which at sigma_0 = 0 is lam sigma_T^2/(lam + sigma_T^2), below lam",
        where="corrects section 3.1",
        source="ours",
        relation=Both(
            (
                sampled(generated, lam / (lam + sigma0**2)),
                LimitIs(expr=generated, var=sigma0, point=sp.S.Zero, value=lam * sigmaT**2 / (lam + sigmaT**2)),
            )
        ),
        domain=SAMPLED,
        checks=(*EXACT, Ode(measure=noised_law.converged_variance, box=CONVERGED)),
    ),
    Claim(
        id="our.sampling.white_mean",
        says="from N(0, sigma_T^2 I) the optimal denoisers generate the mean mu (1 - sqrt((lam + sigma_0^2)/(lam + sigma_T^2))), short of mu",
        where="corrects section 3.1",
        source="ours",
        relation=Solves(
            solution=mu * (1 - sp.sqrt((lam + sigma0**2) / (lam + sigmaT**2))),
            var=sigma0,
            unknown=y,
            rate=(y - (mu + lam / (lam + sigma0**2) * (y - mu))) / sigma0,
            at=sigmaT,
            start=sp.S.Zero,
        ),
        domain=domain_of((mu,)).joined(SAMPLED),
        checks=(*EXACT, Ode(measure=noised_law.converged_mean, box=(*CONVERGED, ("mu", "-1.0", "1.0")))),
    ),
)
