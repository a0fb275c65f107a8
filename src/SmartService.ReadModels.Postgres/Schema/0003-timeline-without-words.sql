-- What was said in a conversation is read from its history in the journal when a timeline is shown; it is no longer noted here as well.
DELETE FROM read_models.timeline WHERE kind IN ('conversation-opened', 'conversation-customer-asked', 'conversation-bot-answered',
    'conversation-bot-clarified', 'conversation-handed-off', 'conversation-agent-replied');
