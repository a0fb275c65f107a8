using SmartService.Assistance.Answers;
using SmartService.Domain.Conversations;
using SmartService.Domain.Tenants;

namespace SmartService.Assistance.Phrases;

/// <summary>The bot's fixed sentences, by tone and language.</summary>
internal static class BotPhraseBook
{
    private static readonly Dictionary<Tone, Sentences> Tones = new()
    {
        [Tone.Friendly] = new(
            Clarify: new("제가 제대로 이해했는지 확인하고 싶어요. 혹시 이 중에 찾으시는 내용이 있나요?", "我想确认一下您的问题，您想问的是下面哪一项呢？", "I want to be sure I got you right. Is it one of these?"),
            HandOff: new("이 질문은 제가 정확히 답해 드릴 수 없어서 상담원에게 전달했어요. 여기서 이어서 답변드릴게요.", "这个问题我没有把握，已经转给客服人员了，他们会在这里回复您。", "I don't have a sure answer to that, so I've passed it to a colleague. They will reply right here."),
            Requested: new("네, 상담원을 연결해 드릴게요. 여기서 이어서 답변드립니다.", "好的，已为您转接客服人员，他们会在这里回复您。", "Of course, I've asked a colleague to join. They will reply right here."),
            SaidBefore: new("같은 답변만 반복하지 않도록 상담원에게 전달했어요. 여기서 이어서 답변드릴게요.", "为了不重复同样的回答，我已经转给客服人员，他们会在这里回复您。", "Rather than repeat myself, I've passed this to a colleague. They will reply right here."),
            Complaint: new("불편을 드려 정말 죄송해요. 담당자가 직접 확인하도록 바로 전달했어요.", "非常抱歉给您带来不好的体验，我已经马上转给客服人员处理。", "I'm really sorry about this. I've passed it to a colleague who will look into it.")),
        [Tone.Formal] = new(
            Clarify: new("문의하신 내용을 확인하고자 합니다. 아래 항목 중 해당하는 것이 있습니까?", "为准确解答，请确认您的问题属于以下哪一项：", "To answer accurately, may I confirm which of these you mean?"),
            HandOff: new("정확한 안내를 위해 상담원에게 문의 내용을 전달하였습니다. 이 대화에서 답변드리겠습니다.", "为确保准确答复，已将您的问题转交客服人员，将在此对话中回复您。", "To give you an accurate answer, your question has been forwarded to our staff, who will reply in this chat."),
            Requested: new("상담원 연결을 요청하였습니다. 이 대화에서 답변드리겠습니다.", "已为您申请人工客服，将在此对话中回复您。", "A member of our staff has been requested and will reply in this chat."),
            SaidBefore: new("동일한 안내를 반복하지 않도록 상담원에게 전달하였습니다. 이 대화에서 답변드리겠습니다.", "为避免重复答复，已转交客服人员，将在此对话中回复您。", "To avoid repeating the same answer, your question has been forwarded to our staff, who will reply in this chat."),
            Complaint: new("불편을 드려 대단히 죄송합니다. 담당자가 확인하도록 즉시 전달하였습니다.", "对于给您造成的不便，我们深表歉意，已立即转交专人处理。", "We sincerely apologise. Your complaint has been forwarded to our staff at once.")),
        [Tone.Playful] = new(
            Clarify: new("앗, 제가 딱 맞게 알아들었는지 궁금해요! 혹시 이 중에 있을까요?", "唔，我猜猜看～您想问的是下面哪个呀？", "Hmm, let me guess – is it one of these?"),
            HandOff: new("이건 저보다 사람이 더 잘 알아요! 상담원에게 쏙 전달했으니 여기서 기다려 주세요.", "这题超出我的知识啦，已经请小伙伴来帮忙，就在这里回复您～", "That one is beyond me! I've called in a human – they'll answer right here."),
            Requested: new("사람 상담원을 불렀어요! 여기서 바로 이어갈게요.", "已经帮您呼叫真人小伙伴啦，就在这里回复您～", "Calling a human for you! They'll answer right here."),
            SaidBefore: new("앵무새가 되긴 싫어서 상담원에게 전달했어요! 여기서 답변드릴게요.", "不想当复读机，已经请小伙伴来帮忙，就在这里回复您～", "I don't want to be a parrot, so I've called in a human – they'll answer right here."),
            Complaint: new("속상하게 해 드려서 정말 죄송해요. 담당자에게 바로 전달했어요.", "真的很抱歉让您不开心了，我马上请小伙伴来处理。", "I'm so sorry this went wrong. I've called in a human to look into it.")),
    };

    private static readonly Localized Left = new(
        "지금 문의가 매우 많습니다. 질문을 잘 받아 두었으며, 상담원이 가능한 한 빨리 여기서 답변드리겠습니다.",
        "当前咨询量很大。您的问题已记录，客服人员会尽快在这里回复您。",
        "A great many people are asking right now. Your question is kept, and a person will answer it here as soon as possible.");

    /// <param name="away">What is added where a person is promised, when none is there; null when people are.</param>
    public static BotPhrases Of(Tone tone, string language, string? away = null)
    {
        var said = Tones.GetValueOrDefault(tone) ?? Tones[Tone.Friendly];
        return new(
            said.Clarify.In(language), Promise(said.HandOff.In(language), language, away), Promise(said.Requested.In(language), language, away),
            Promise(said.SaidBefore.In(language), language, away), Promise(said.Complaint.In(language), language, away));
    }

    /// <summary>Said when a question is left to be answered later. The same in every tone: nobody is in the mood for jokes then.</summary>
    public static string Leave(string language, string? away = null) => Promise(Left.In(language), language, away);

    private static string Promise(string sentence, string language, string? away) => away is null ? sentence : sentence + (language == "zh" ? "" : " ") + away;

    private sealed record Sentences(Localized Clarify, Localized HandOff, Localized Requested, Localized SaidBefore, Localized Complaint);
}
