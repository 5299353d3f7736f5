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

# "Je souhaiterais intégrer…", "j'espère trouver…": wishes that only somebody who looks for work has.
_WISHES = word_set("souhaite souhaiterais aimerais voudrais espere veux reve compte")
_DEEDS = [
    "integrer",
    "rejoindre",
    "retrouver",
    "decrocher",
    "exercer",
    "reprendre",
    "rebondir",
    "evoluer",
    "travailler",
    "bosser",
]

SIGNALS: Phrases[str] = Phrases(
    [((wish, *deed.split()), "search") for wish in sorted(_WISHES) for deed in sorted(_DEEDS)]
    + phrase_table(
        """
search: en recherche d emploi, en recherche active, recherche active d, en recherche de poste
search: en recherche d un, demandeur d emploi, demandeuse d emploi, a l ecoute d opportunites
search: a l ecoute de nouvelles opportunites, a l ecoute du marche, ouvert aux opportunites
search: ouverte aux opportunites, ouvert a toute opportunite, ouverte a toute opportunite
search: ouvert a toute proposition, ouverte a toute proposition, en veille active, open to work
search: open to new opportunities, open to opportunities, open to new roles, job seeker, on the job market
search: je cherche du travail, je cherche du boulot, je suis disponible, looking for work, actively looking
search: currently seeking, in search of a, i was laid off, i got laid off, i am available, i m available
search: sans emploi, a la recherche d un emploi, a la recherche d un poste, a la recherche d un cdi
search: a la recherche d un cdd, a la recherche d un stage, a la recherche d une alternance
search: a la recherche d un contrat, hire me, embauchez moi, a la recherche d une opportunite
search: a la recherche de nouvelles opportunites, a la recherche d une mission, a la recherche d un nouveau
search: a la recherche d une nouvelle, a la recherche d un job, recrutez moi, il me faut un job
search: il me faut un emploi, il me faut un travail, il me faut un poste, il me faut du travail
search: j ai besoin d un emploi, j ai besoin d un travail, j ai besoin de travailler, j ai besoin de travail
search: need a job, need work, i need a new job, need a new role, retrouver un emploi, retrouver du travail
search: retrouver un poste, retrouver un travail, cherchant un emploi, cherchant du travail
search: cherchant un poste, je veux bosser, je veux travailler, je veux retravailler, any leads for
search: any lead for, a plan pour un poste, un plan pour un poste, un plan pour un emploi, un plan boulot
search: un plan job, un plan taf, je cible, je tente ma chance, je peux commencer, i can start
search: my contract ends, mon contrat finit, mon contrat prend fin, je suis a l ecoute
search: souhaite retravailler, reprendre une activite, reprise d activite, reprendre un emploi
search: reprendre le travail, me former chez, reste a l ecoute, je reste a l ecoute
search: disponible pour un poste, disponible pour travailler, je cherche un club, cherche un club
search: mes indemnites, fin d indemnisation, mes droits s arretent, please tell me, hire me please
search: recrutez nous, qui voudrait m embaucher, qui veut m embaucher, m embaucher, me recruter
search: me donner ma chance, une boite qui m accueille, m accueille, if you know a company
search: if you know anyone hiring
hint: n importe quel travail, motive, dispo, je prends, des contacts dans, tres motive, tres motivee
hint: polyvalent, polyvalente
search: je vise un, je vise une, je voudrais etre, je souhaite devenir, j aimerais devenir, je veux devenir
search: j aimerais travailler, je voudrais travailler, je souhaite travailler, cherche a devenir
search: cherche a redevenir, cherche a travailler, cherche a rejoindre, cherche a integrer
search: souhaite integrer, pensez a moi, je suis preneur, je suis preneuse, candidature spontanee
search: toute proposition m interesse, pret a bouger, prete a bouger, ouvert a des missions
search: ouverte a des missions, ouvert a de nouvelles, ouverte a de nouvelles, a l ecoute d une
search: a l ecoute de propositions, en poste mais a l ecoute, looking for new opportunities
search: looking for my next, laid off, on the lookout for, seeking new opportunities, veux un vrai contrat
search: je propose mes services, open to contract, open to permanent, would love to work, i d like to work
search: hoping to find a, a la recherche de mon, en recherche d alternance, en recherche de stage
search: je cherche toujours, aider a trouver un emploi
hint: tout sauf, mobile sur, je vise, mes recherches, ma recherche, aucune piste, une piste, des pistes
hint: quelques pistes, si vous entendez parler, si jamais vous entendez, si vous avez une piste
hint: switching careers, me reconvertis, je change de voie, me reconvertir, fin de cdd, fin de contrat
hint: fin de mission, se termine, mon entreprise ferme, licencie, licenciee, licencie eco, licenciee eco
hint: rqth, permis b, vehicule, libre de suite, libre immediatement, libre au, libre des, dispo lundi
hint: available now, available immediately, i am a, i m a, je me lance, je galere, reconversion, diplome
hint: diplomee, autonome, mobile, mobilite, partagez svp, un petit rt, faites tourner, merci pour vos
hint: merci d avance, cv sur demande, discretion svp, qui embauche, a defaut, de preference, idealement
hint: repouets, pouets, disponible immediatement, disponible de suite, disponible des, mon cv, my cv
hint: my resume, available from, recherche d emploi, recherche emploi, au chomage, job search
hint: disponible rapidement, dispo de suite, merci pour vos rt, merci de rt, rt appreciee, rt apprecie
hint: rt bienvenu, rt bienvenus, un rt peut, rt svp, please rt, merci de partager, merci pour vos partages
hint: merci pour le partage, rt please, boosts welcome, repouets bienvenus, je postule
hint: licenciement economique, en reconversion, fin de droits, actuellement en poste, mon profil
hint: ecrivez moi, contactez moi, mes dm sont ouverts, mp ouverts, dms open, partage apprecie
hint: partages bienvenus, je suis dispo, entretien prevu, motivee
offer: nous recrutons, on recrute, recrutons, we are hiring, we re hiring, is hiring, are hiring, now hiring
offer: nous embauchons, nous cherchons, nous recherchons, poste a pourvoir, postes a pourvoir, a pourvoir
offer: offre d emploi, offre de stage, offre d alternance, offres d emploi, postulez, candidatez
offer: join our team, join the team, apply now, apply here, apply today, apply by, apply before
offer: envoyez votre cv, envoyez nous votre cv, envoyez vos cv, envoyez vos candidatures, rejoignez nous
offer: rejoignez notre, rejoins nous, rejoins notre, profil recherche, job opening, vacancy, vacancies
offer: we are looking for, we re looking for, on embauche, embauchons, adressez votre candidature
offer: candidature a envoyer, recrute, recrutent, embauche, we have an opening, opening for a, s agrandit
offer: come work with us, our team is growing, notre equipe s agrandit, poste ouvert
offer: poste en cdi a pourvoir, postuler ici, pour postuler, to apply, vos candidatures, recherchons
offer: cherchons, job alert, prend un apprenti, prend une apprentie, prenons un, accueille un stagiaire
offer: cherche a recruter, cherchons a recruter, souhaite recruter, souhaitons recruter, looking to hire
offer: pour mes jumeaux, pour mes enfants, pour nos enfants, recrutement express, pour garder mes
offer: poste a saisir, a saisir, places en apprentissage, place en apprentissage, chez nous, wanted, cv to
offer: our office, postes disponibles, poste disponible, des postes sont ouverts, on a trois postes
offer: on a un poste, on a deux postes, nous avons un poste, nous avons besoin, we need a, we need an
offer: veux bosser, recherche une remplacante, recherche un remplacant, recherche son, recherche sa
offer: recherche ses, cherche son, cherche sa, cherche ses, viens me parler, appelez moi, ouvre une place
offer: prend un stagiaire, propose un poste, proposons un poste, propose un contrat, proposons un stage
offer: propose un stage, propose une alternance, on t attend, we have a position
offer_hint: demarrage, a l annee, our, votre candidature, convention, net heure, brut, mission longue, extra
offer_hint: fixe, prime
offer: join us, ouvre un poste, ouvre deux postes, viens bosser, venez bosser, venez travailler
offer: bosser avec nous, travailler avec nous, candidature par, send cv, send your cv, send us your
offer: send me your cv, relocation package, on a ce qu il te faut, offre, alerte offre, je recrute
offer: deux postes, presentez vous, il nous manque, depot des dossiers, depot des candidatures
offer: candidatures avant, poste vacant, a pourvoir immediatement, hiring, cherche patron pas
offer: pour agrandir notre, rejoindre notre, pour notre agence, pour notre equipe, je cherche mon bras droit
offer_hint: candidature, candidatures, demande, exige, exigee, logement possible, loges, logee
offer_hint: gratification, apres periode d essai, fixe commissions, vehicule de fonction, debutant
offer_hint: plein temps pas, dm me, ping me, par mp, besoin d un, besoin d une, besoin de renfort
offer_hint: campagne de recrutement, recrutement en cours, bafa demande, permis exige, poste de saisonnier
offer_hint: avec nous, recherche pour, horaires, mutuelle, 13e mois, confirme, confirmee, experimente
offer_hint: experimentee, recherche e, h semaine, jours semaine, h f, f h, h f x, f h x, hf, m f d
offer_hint: remuneration, salaire, tickets restaurant, missions principales, competitive salary
offer_hint: votre mission, vos missions, votre profil, experience souhaitee, debutant accepte
offer_hint: debutants acceptes, salary, relocation offered, ecris nous, ecrivez nous, contactez nous
offer_hint: logement propose, loge, salary range, poste base, poste basee, profil junior, profil senior
found: cdi signe, contrat signe, j ai dit oui, fin de galere, on m a pris, on m a prise, je suis pris
found: je suis prise, ils m ont prise, ils m ont pris, ma nouvelle boite, mon nouveau poste, mon nouveau job
found: new job starts, j ai enfin un boulot, j ai enfin un job, j ai enfin un emploi, je commence lundi
found: started my new, my new role, i start monday, nous avons recrute, on a recrute, poste pourvu
found: decroche le poste, j ai eu le poste, j ai le poste, je suis embauche, je suis embauchee
found: plus en recherche, ne suis plus en recherche, i got hired, j ai ete embauche, j ai ete embauchee
found: j ai retrouve, a trouve son alternance, a trouve son stage, a signe, c est officiel, ai signe mon
found: signe ce matin, signe mon cdi, je quitte mon poste, premier jour dans mon, notre nouvelle collegue
found: notre nouveau collegue, accepted a job, finally got a job, landed a job, ne cherche plus
found: ne recherche plus, cherche plus d, plus a la recherche, j ai signe, no longer looking
found: not looking anymore, i found a job, found a new job, i got the job, starting a new position
found: started a new job, i start my new job, start a new role, i accepted an offer, ravie d annoncer
found: ravi d annoncer, je rejoins l equipe, je rejoins la societe, c est signe, retrouve un emploi
found: retrouve du travail, trouve un emploi, trouve un job, trouve du travail, trouve un poste
found: trouve mon cdi, trouve un cdi, trouve un cdd, decroche un cdi, decroche un poste, decroche un emploi
found: decroche mon cdi, decroche un cdd, trouve un stage, trouve mon stage, trouve une alternance
found: trouve mon alternance, trouve un boulot, decroche une alternance, decroche un stage, a trouve son cdi
found: a trouve un cdi, a trouve un emploi, a trouve un poste, a retrouve un emploi, a decroche
relay: je relaie, je relaye, relayons, aidons le, aidons la, aidons les, aidez le, aidez la, help her find
relay: help him find, on l aide, can we help, donnons un coup de pouce, je partage pour, partageons son
relay: son profil, son cv, her profile
thanks: merci a tous, merci a toutes, merci a celles, merci a ceux, thank you all, thanks to all
thanks: merci d avoir, thanks everyone, merci infiniment, un grand merci, merci beaucoup
hirers: are you hiring, qui embauche, quelqu un sait si, sait si une, connait une boite
hirers: connaissez une boite, connaissez vous une boite, entendez parler d un poste, pistes pour un poste
hirers: piste pour un poste, pistes pour un emploi, a des contacts dans, qui connait une boite
hirers: qui connait une entreprise, connait une entreprise, connaissez une entreprise
hirers: connaissez vous une entreprise, un tuyau pour un poste, si vous recrutez, vous recrutez, qui recrute
hirers: entreprises qui recrutent, entreprise qui recrute, est ce que ca recrute, who is hiring
hirers: who s hiring, anyone hiring, if you are hiring, if you re hiring, si votre entreprise recrute
hirers: si votre boite recrute, ca recrute, hiring managers, hiring manager, know anyone hiring
hirers: votre equipe recrute, know of openings, know of any openings, any openings, anyone know of
hirers: know of an opening
addressed: tu veux, vous voulez, vous souhaitez, would you like, devenez, vous cherchez, tu cherches
addressed: vous recherchez, tu recherches, si vous cherchez, are you looking for, you are looking for
addressed: you re looking for, do you want to work, envie de rejoindre, envie de changer
news: connait un bon, connaissez un bon, connait une bonne, connaissez une bonne, tes cles, mes cles
news: covoiturage, parcours du combattant, reportage, ancetres, atelier cv, atelier gratuit
news: stage de poterie, stage de danse, stage de yoga, beta testers, ce week end, i love my job
news: a vu le dernier, vieux vinyles, voiture, occasion, modele vivant, cours de, amateur, fete ses
news: il y a dix ans, today marks, years ago, bilan, candidatures envoyees, 212 candidatures
news: comment rediger, newsletter, mon article, thread, astuces, portes ouvertes, salon de l emploi
news: forum de l emploi, entree libre, job dating, live sur, les chiffres du chomage, selon une enquete
news: enquete, on en debat, conference, entretien d embauche, salariat, hommage, france travail
news: mon conseiller, mes 5, my tips, hot take, mon livre, des adresses, any tips, recommandez
news: bonne adresse, colocataire, coloc, appart, appartement, logement, t2, coequipier, le nom de, une serie
news: un film, temps perdu, un restaurant, bon restaurant, mon chat, mon chien, croquettes, dossier solide
news: budget, a la recherche du temps, marathon, un associe, une associee, temoignage
news: encore une offre d emploi, une offre d emploi qui, les offres d emploi, sondage, portrait, temoignages
news: selon l insee, taux de chomage, chiffres du chomage, marche de l emploi, unemployment rate, job market
news: selon une etude, d apres une etude, une etude, ministre, gouvernement
relay: vu passer, on relaie, on relaye, je fais passer, je fais suivre, un adherent de notre
relay: une adherente de notre, any contacts for her, for him, pour lui, pour elle, a besoin d un emploi
relay: son contact, needs a job, pour un pote, pour un ami, pour une amie, pour une copine, pour un copain
relay: je transmets, pour ma voisine, pour mon voisin, ne suis pas concerne, not for me but
asks_not: ne pas relayer, ne pas rt, ne pas partager, ne plus relayer, arreter les partages
asks_not: please don t share, ne pas repartager, ne relayez pas, ne partagez pas, arreter de relayer
asks_not: stop sharing, ne plus partager
cause: petition, petitions, cagnotte, cagnottes, appel aux dons, appel a dons, faire un don, faites un don
cause: don du sang, dons du sang, reserves de sang, banque alimentaire, benevoles, besoin de benevoles
cause: collecte de, collectons, nous collectons, sans abri, sans abris, sinistres, soutenons
cause: marche de soutien, caisse de solidarite, lettre ouverte, chien perdu, chat perdu, perdu chien
cause: perdu chat, avis de recherche, disparition inquietante, hebergement d urgence, a la rue
cause: please donate, donate, food bank, fundraiser, besoin de sang, sang o, donneurs, don de moelle
cause: benefices iront, au profit de, au profit des, mobilisons, contre la fermeture, non a la fermeture
cause: help us raise, marraines, parrains, parrainage, sans collier, chien trouve, chat trouve, trouve chien
cause: trouve chat, familles expulsees, soiree solidaire, repas solidaire, concert solidaire, signez pour
cause: appel a benevoles, volunteers, fundraising, charity, animaux abandonnes, abandonne, expulsion
cause: expulses, sans papiers, solidaires avec, manifestons, mobilisation, mobilisation contre
cause: aide alimentaire, enfants malades, recherche contre le cancer, telethon, course solidaire, defendons
cause: lutte contre, disparu depuis, est portee disparue, est porte disparu, a disparu, petit chien
cause: petit chat, dons de vetements, vestiaire solidaire, pour financer le voyage, parrainez un enfant
cause: contre les coupes, couches et lait, sign the petition, crowdfunding, gofundme, volunteers needed
cause: aidez nous a financer, famille d accueil, cherche une famille aimante, cherchent une famille
cause: famille aimante, refuge spa, appel a solidarite, manifestation de soutien, rassemblement de soutien
cause: lost dog, lost cat, missing person
cause_hint: benevolat, signez, signatures, every signature, solidarite, refugies, adoption, maraude
cause_hint: collecte, don, dons, bebe, hebergement, soutenez, sauver, sauvons, venez nombreux, faire tourner
cause_hint: refuge, association
abuse: aucune competence requise, no experience needed, no experience required, revenu passif, argent facile
abuse: liberte financiere, financial freedom, passive income, propre patron, own boss, commissions a vie
abuse: commission a vie, marketing de reseau, vente pyramidale, kit de demarrage, coupon pcs, coupons pcs
abuse: versez, acompte, debloquez vos gains, vos gains, gains rapides, gains faciles, argent rapide
abuse: doublez votre, doublez vos, webcam, modeles filles, comptes bancaires, cartes sim, emploi fictif
abuse: fausse fiche de paie, faux cv, fausses fiches de paie, pret entre particuliers
abuse: credit sans justificatif, sans justificatif, pret rapide, chialer, clodo, clodos, espece de, bande de
abuse: ta gueule, ferme la, va crever, sale arabe, sale noir, bougnoule, sale race, sale pute, racaille
abuse: sale feignant, degage, pas de ca chez nous, retourne chez toi, rentre chez toi, mandat cash
abuse: avance de frais, avance les frais, frais remboursables, carte cadeau, cartes cadeaux, gift card
abuse: gift cards, advance fee, send money, bank details, your bank, easy money, get rich, double your
abuse: risk free, visa garanti, agent de visa, agence de visa, lottery, loterie, heritage, plan cul, sexy
abuse: nudes, onlyfans, mlm, multi level, reseau de vente, revenus illimites, revenu garanti
abuse: revenus garantis, sans rien faire, arrets maladie, arret maladie sur, pretez nous votre
abuse: votre compte 2, liking videos, multipliez votre, reglez 50, western union, frais de dossier
abuse: frais de visa, frais d inscription, registration fee, visa fee, copie de votre carte
abuse: copie de votre passeport, envoyez passeport, votre rib, envoyez rib, sans entretien, paiement garanti
abuse: payment guaranteed, day guaranteed, gains garantis, trading forex, crypto monnaie
abuse: depuis votre compte bancaire, transferez de l argent, faux diplomes, faux papiers, photo en maillot
abuse: physique agreable, jeune femme pour massages, si tu es gentille, escort, ton pays, feignasses
abuse: feignasse, feignants, faineants, parasites, cassos, sale merde, connard, connasse, salope, pute
abuse: encule, creve, me degoutent, pleurnicher, work from home and earn, tickets transcash, transcash
abuse: sugar daddy, go back to your
abuse_hint: gagnez, gagner, earn, telegram, whatsapp, crypto, forex, trading, investissez, invest, par jour
abuse_hint: weekly, sans diplome, sans investissement, depuis chez vous, de chez vous, canape
abuse_hint: places limitees, rib, passeport, carte d identite, frais, payez, verser, a verser, discretion
abuse_hint: lien en bio, inbox me, garanti, guaranteed, day, recevez, revenus complementaires
abuse_hint: complement de revenu, envoyez photos, photos, commission, merde, assistes, chomeurs
abuse_hint: equipe de vendeurs independants, tu paies, billet payes, livres en, 24h, 48h, no experience
abuse_hint: text me, envoie moi, maillot, insulte
news: reforme, webinaire, podcast, tribune, nos conseils, mes conseils, conseils pour, tips for, how to
news: comment reussir, assurance chomage, a lire, article
"""
    )
)

# Verbs of asking; what follows them says who is asked for.
ASKING_VERBS: Phrases[str] = Phrases(
    phrase_table(
        """
fr: cherchons, recherchons, cherchant, recherchant, recherhe, recherce, rechreche, reherche, cherhe, cherce
fr: chreche, cherche, rech, recherch, cherch, recherche, recherches, cherchent, recherchent
fr: souhaite trouver, aimerais trouver, voudrais trouver, souhaite decrocher, espere trouver
fr: souhaite rejoindre, candidate a, a la recherche, en quete, en recherche, cherche activement
fr: recherche activement
en: looking for, seeking, searching for, looking to find, in search of, seeks, hunting for, look for, want
"""
    )
)

WORK = word_set(
    """
emploi poste travail civique volontariat heures job jobs taf boulot cdi cdd interim stage alternance
apprentissage mission missions contrat opportunite opportunites employeur patron freelance opportunity
opportunities role roles position positions internship apprenticeship work employment contract gig challenge
defi entreprise boite remplacement remplacements postes emplois extras vacations saison reconversion
structure recruteur menage repassage chantier chantiers experience taff cdis contrats heure
"""
)

PEOPLE_WANTED = word_set(
    """
candidat candidats candidate candidates profil profils collaborateur collaboratrice collaborateurs renfort
renforts stagiaire stagiaires apprenti apprentie apprentis alternant alternante alternants someone personne
quelqu personnes talents talent people colleague teammate coequipier equipier saisonniers saisonnier
interimaires freelances
"""
)

EMPLOYERS = word_set(
    """
nous notre entreprise societe boite restaurant boulangerie hotel cabinet agence association equipe client
startup pme mairie clinique hopital ehpad ecole garage salon magasin groupe commerce boutique usine
brasserie collectivite commune creche pharmacie residence camping atelier we our company team employer
clients ets domaine service labo ferme bistrot creperie exploitation famille maire departement laboratoire
chantier hotellerie
"""
)

# Somebody the author speaks for.
OTHERS = word_set(
    """
ami amie amis membre membres adherent adherente frere soeur fils fille cousin cousine neveu niece mari femme
epouse compagnon compagne conjoint conjointe collegue voisin voisine copain copine connaissance il elle mere
pere friend brother sister son daughter colleague neighbour neighbor husband wife nephew he she pote belle
ex chat chien beau dame monsieur patron personne gens homme
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
