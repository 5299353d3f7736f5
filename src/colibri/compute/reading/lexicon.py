"""The phrases that tell a search from an offer and from everything else, folded, in French and English.

Each line is "meaning: phrase, phrase"; the meanings of `SIGNALS` are weighed in `kinds`.
"""

from colibri.compute.reading.phrases import Phrases, phrase_table, word_set

__all__ = [
    "ASKING_VERBS",
    "EMPLOYERS",
    "OFFER_TAGS",
    "OTHERS",
    "PEOPLE_WANTED",
    "SEARCH_TAGS",
    "SIGNALS",
    "WORK",
]

SIGNALS: Phrases[str] = Phrases(
    phrase_table(
        """
search: en recherche d emploi, en recherche active, recherche active d, en recherche de poste
search: en recherche d un, demandeur d emploi, demandeuse d emploi, a l ecoute d opportunites
search: a l ecoute de nouvelles opportunites, a l ecoute du marche, ouvert aux opportunites
search: ouverte aux opportunites, ouvert a toute opportunite, ouverte a toute opportunite
search: ouvert a toute proposition, ouverte a toute proposition, en veille active, open to work
search: open to new opportunities, open to opportunities, open to new roles, job seeker, on the job market
search: je cherche du travail, je cherche du boulot, je suis disponible, looking for work
search: actively looking, currently seeking, in search of a, i was laid off, i got laid off
search: i am available, i m available, sans emploi, a la recherche d un emploi, a la recherche d un poste
search: a la recherche d un cdi, a la recherche d un cdd, a la recherche d un stage
search: a la recherche d une alternance, a la recherche d un contrat, hire me, embauchez moi
search: a la recherche d une opportunite, a la recherche de nouvelles opportunites
search: a la recherche d une mission, a la recherche d un nouveau, a la recherche d une nouvelle
search: a la recherche d un job, recrutez moi
hint: disponible immediatement, disponible de suite, disponible des, available immediately, mon cv, my cv
hint: my resume, available from, recherche d emploi, recherche emploi, au chomage, job search
hint: disponible rapidement, dispo de suite, merci pour vos rt, merci de rt, rt appreciee, rt apprecie
hint: rt bienvenu, rt bienvenus, un rt peut, rt svp, please rt, merci de partager, merci pour vos partages
hint: merci pour le partage, rt please, boosts welcome, repouets bienvenus, je postule
hint: licenciement economique, en reconversion, fin de droits, actuellement en poste, mon profil, dispo
hint: ecrivez moi, contactez moi, mes dm sont ouverts, mp ouverts, dms open, partage apprecie
hint: partages bienvenus, je suis dispo, entretien prevu, motive, motivee
offer: nous recrutons, on recrute, recrutons, we are hiring, we re hiring, is hiring, are hiring
offer: now hiring, nous embauchons, nous cherchons, nous recherchons, poste a pourvoir, postes a pourvoir
offer: a pourvoir, offre d emploi, offre de stage, offre d alternance, offres d emploi, postulez
offer: candidatez, join our team, join the team, apply now, apply here, apply today, apply by
offer: apply before, envoyez votre cv, envoyez nous votre cv, envoyez vos cv, envoyez vos candidatures
offer: rejoignez nous, rejoignez notre, rejoins nous, rejoins notre, profil recherche, job opening
offer: vacancy, vacancies, we are looking for, we re looking for, on embauche, embauchons
offer: adressez votre candidature, candidature a envoyer, recrute, recrutent, embauche, we have an opening
offer: opening for a, s agrandit, come work with us, our team is growing, notre equipe s agrandit
offer: poste ouvert, poste en cdi a pourvoir, postuler ici, pour postuler, to apply, vos candidatures
offer: recherchons, cherchons, job alert, prend un apprenti, prend une apprentie, prenons un
offer: accueille un stagiaire, cherche a recruter, cherchons a recruter, souhaite recruter
offer: souhaitons recruter, looking to hire
offer_hint: h f, f h, h f x, f h x, hf, m f d, remuneration, salaire, tickets restaurant
offer_hint: missions principales, competitive salary, votre mission, vos missions, votre profil
offer_hint: experience souhaitee, debutant accepte, debutants acceptes, salary, relocation offered
offer_hint: ecris nous, ecrivez nous, contactez nous, logement propose, loge, salary range, poste base
offer_hint: poste basee, profil junior, profil senior
bait: gagnez, revenus complementaires, complement de revenu, depuis chez vous, sans investissement
bait: liberte financiere, work from home and earn, earn money, financial freedom, argent facile
bait: revenu passif, passive income
found: ne cherche plus, ne recherche plus, cherche plus d, plus a la recherche, plus en recherche
found: j ai signe, no longer looking, not looking anymore, i found a job, found a new job, i got the job
found: starting a new position, started a new job, i start my new job, start a new role
found: i accepted an offer, ravie d annoncer, ravi d annoncer, je rejoins l equipe, je rejoins la societe
found: c est signe, retrouve un emploi, retrouve du travail, trouve un emploi, trouve un job
found: trouve du travail, trouve un poste, trouve mon cdi, trouve un cdi, trouve un cdd, decroche un cdi
found: decroche un poste, decroche un emploi, decroche mon cdi, decroche un cdd, trouve un stage
found: trouve mon stage, trouve une alternance, trouve mon alternance, trouve un boulot
found: decroche une alternance, decroche un stage, a trouve son cdi, a trouve un cdi, a trouve un emploi
found: a trouve un poste, a retrouve un emploi, a decroche
relay: je relaie, je relaye, relayons, aidons le, aidons la, aidons les, aidez le, aidez la, help her find
relay: help him find, on l aide, can we help, donnons un coup de pouce, je partage pour, partageons son
relay: son profil, son cv, her profile
thanks: merci a tous, merci a toutes, merci a celles, merci a ceux, thank you all, thanks to all
thanks: merci d avoir, thanks everyone, merci infiniment, un grand merci, merci beaucoup
hirers: connait une entreprise, connaissez une entreprise, connaissez vous une entreprise
hirers: un tuyau pour un poste, si vous recrutez, vous recrutez, qui recrute, entreprises qui recrutent
hirers: entreprise qui recrute, est ce que ca recrute, who is hiring, who s hiring, anyone hiring
hirers: if you are hiring, if you re hiring, si votre entreprise recrute, si votre boite recrute
hirers: ca recrute, hiring managers, hiring manager, know anyone hiring, votre equipe recrute
hirers: know of openings, know of any openings, any openings, anyone know of, know of an opening
addressed: tu veux, vous voulez, vous souhaitez, would you like, devenez, vous cherchez, tu cherches
addressed: vous recherchez, tu recherches, si vous cherchez, are you looking for, you are looking for
addressed: you re looking for, do you want to work, envie de rejoindre, envie de changer
news: encore une offre d emploi, une offre d emploi qui, les offres d emploi, sondage, portrait
news: temoignages, reportage, selon l insee, taux de chomage, chiffres du chomage, marche de l emploi
news: unemployment rate, job market, selon une etude, d apres une etude, une etude, ministre, gouvernement
news: reforme, webinaire, podcast, tribune, nos conseils, mes conseils, conseils pour, tips for, how to
news: comment reussir, assurance chomage, a lire, article
"""
    )
)

# Verbs of asking; what follows them says who is asked for.
ASKING_VERBS: Phrases[str] = Phrases(
    phrase_table(
        """
fr: cherche, rech, recherch, cherch, recherche, recherches, cherchent, recherchent, souhaite trouver
fr: aimerais trouver, voudrais trouver, souhaite decrocher, espere trouver, souhaite rejoindre
fr: candidate a, a la recherche, en quete, en recherche, cherche activement, recherche activement
en: looking for, seeking, searching for, looking to find, in search of, seeks, hunting for, look for, want
"""
    )
)

WORK = word_set(
    """
emploi poste travail civique volontariat heures job jobs taf boulot cdi cdd interim stage alternance
apprentissage mission missions contrat opportunite opportunites employeur patron freelance temps
opportunity opportunities role roles position positions internship apprenticeship work employment contract
gig challenge defi entreprise boite remplacement remplacements postes emplois extras vacations saison
reconversion structure projet recruteur
"""
)

PEOPLE_WANTED = word_set(
    """
candidat candidats candidate candidates profil profils collaborateur collaboratrice collaborateurs renfort
renforts stagiaire stagiaires apprenti apprentie apprentis alternant alternante alternants someone
personne quelqu personnes talents talent people colleague teammate coequipier equipier saisonniers
saisonnier interimaires freelances
"""
)

EMPLOYERS = word_set(
    """
nous notre entreprise societe boite restaurant boulangerie hotel cabinet agence association equipe client
startup pme mairie clinique hopital ehpad ecole garage salon magasin groupe commerce boutique usine
brasserie collectivite commune creche pharmacie residence camping atelier we our company team employer
client clients ets domaine service labo
"""
)

# Somebody the author speaks for.
OTHERS = word_set(
    """
ami amie amis membre membres adherent adherente frere soeur fils fille cousin cousine neveu niece mari
femme epouse compagnon compagne conjoint conjointe collegue voisin voisine copain copine connaissance il
elle mere pere friend brother sister son daughter colleague neighbour neighbor husband wife cousine nephew
niece he she pote belle ex
"""
)

SEARCH_TAGS = word_set(
    """
opentowork opentoworks rechercheemploi rechercheemplois chercheemploi jechercheunemploi jechercheunjob
jecherche jobseeker jobseekers demandeurdemploi demandeursdemploi rechercheactive jecherchedutravail
recherchedemploi hireme jechercheunstage jecherchemonstage jechercheunealternance recherchealternance
recherchestage
"""
)

OFFER_TAGS = word_set(
    """
hiring wearehiring nowhiring offreemploi offredemploi offresdemploi onrecrute nousrecrutons jobalert
jobopening offreemplois jobopenings recrute vacancy
"""
)
