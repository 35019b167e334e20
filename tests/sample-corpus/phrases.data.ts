/** What people write about in an office of this kind: subjects, each with sentences that belong to it. */
export const TOPICS: readonly (readonly [subject: string, ...sentences: string[]])[] = [
  [
    'Réunion de bureau',
    'La réunion de bureau est maintenue à 18 h 30, salle des Voiles.',
    "L'ordre du jour tient en quatre points : calendrier, dépenses, tracts, questions diverses.",
    'Merci de prévenir avant midi en cas d’absence.',
    'Le compte rendu de la dernière séance est à relire.',
  ],
  [
    'Devis des affiches',
    'Le devis est arrivé : 850 affiches au format A2, papier recyclé.',
    'Le délai annoncé est de neuf jours ouvrés.',
    'Il faut trancher entre les deux maquettes avant jeudi.',
    'Le prix baisse de 6 % au-delà de mille exemplaires.',
  ],
  [
    'Tractage au marché',
    'Nous serons six au marché des Tanneurs samedi, de 8 h à 12 h.',
    'Il reste trois cartons de tracts dans la réserve.',
    'Prévoir des parapluies, on annonce des averses.',
    'La place du côté de la fontaine est la plus passante.',
  ],
  [
    'Permanence de la semaine',
    'La permanence ouvre mardi et jeudi à partir de 17 h.',
    'Deux habitants sont passés pour la question du bac.',
    "La clé se trouve chez le gardien, comme d'habitude.",
    'Il faudrait racheter du café et des enveloppes.',
  ],
  [
    'Interview à la Gazette',
    'La Gazette de Selvane propose un entretien de vingt minutes.',
    'Ils voudraient parler des digues et de la ligne de bac.',
    'Une photo sera prise devant la halle.',
    'Je prépare une fiche avec les chiffres de la commune.',
  ],
  [
    'Relance des cotisations',
    'Il manque encore dix-sept cotisations pour le semestre.',
    'La relance part lundi par courrier simple.',
    'Le montant reste fixé à 24 unités, 12 pour les étudiants.',
    'Deux chèques sont revenus avec une mauvaise adresse.',
  ],
  [
    'Programme : volet littoral',
    'La partie sur les digues est relue, il manque le chiffrage.',
    'Le passage sur les mouillages devrait être raccourci.',
    'Les riverains du quai demandent une concertation.',
    'On garde la proposition de navette fluviale.',
  ],
  [
    'Location de la salle',
    'La salle polyvalente est libre le 14 et le 21.',
    'La caution est de 300, rendue sous quinzaine.',
    'La sonorisation est comprise, pas le vidéoprojecteur.',
    'Il faut rendre les clés avant 23 h.',
  ],
  [
    'Site internet',
    'La page des rendez-vous est de nouveau à jour.',
    "L'hébergeur annonce une coupure dans la nuit de mardi.",
    'Le formulaire de contact envoie bien les messages.',
    'Il reste à compresser les photos de la fête du port.',
  ],
  [
    'Frais de déplacement',
    'Les notes de frais du mois sont à rendre vendredi.',
    'Le trajet en bac est remboursé au tarif réduit.',
    'Joindre les reçus, même pour les petites sommes.',
    'Le total du mois dernier était de 214,60.',
  ],
  [
    'Fête du port',
    'Le stand sera entre la buvette et le manège.',
    'Nous avons besoin de deux tables et de quatre bancs.',
    'Le tirage de la tombola a lieu à 17 h.',
    'Les bénéfices vont à la réfection du local.',
  ],
  [
    'Relecture du tract',
    "J'ai corrigé trois coquilles et une date.",
    'La phrase sur les impôts locaux est trop longue.',
    'Le logo doit être plus petit sur la version noir et blanc.',
    'On imprime 2 500 exemplaires dès que c’est validé.',
  ],
  [
    'Fichier des adhérents',
    'Onze adresses ont changé depuis le printemps.',
    'Les doublons sont supprimés.',
    'Personne ne reçoit plus de courrier sans accord écrit.',
    'Le prochain envoi groupé est prévu en début de mois.',
  ],
  [
    'Débat public',
    'Le débat se tiendra à la maison de quartier.',
    'Chaque liste dispose de douze minutes.',
    'La modératrice nous enverra les thèmes mercredi.',
    'Il faut désigner une personne pour le chronomètre.',
  ],
];

export const GREETINGS = ['Bonjour,', 'Bonjour à tous,', 'Bonsoir,', 'Salut,'];
export const ANSWERS = [
  "C'est noté, merci.",
  'Bien reçu, je m’en occupe demain.',
  'D’accord pour moi.',
  'Je préfère attendre la semaine prochaine.',
  'Oui, à condition de garder le même budget.',
  'Parfait, je préviens les autres.',
  'Je ne pourrai pas venir, désolé.',
  'Peux-tu me rappeler en fin de journée ?',
];
export const CLOSINGS = ['Bien à vous,', 'À demain,', 'Amitiés,', 'Cordialement,', 'Bonne journée,'];
