"""Where networks are listened to: what arrives is handed down to appeals."""
