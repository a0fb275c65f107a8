using SmartService.Assistance.Answers;
using SmartService.Domain;
using SmartService.Domain.Tenants;

namespace SmartService.Assistance.Phrases;

/// <summary>What the bot says to small talk by itself, by tone and language. The rule's id is the intent's.</summary>
internal static class RuleAnswers
{
    private static readonly Dictionary<IntentId, Func<Tone, string, Localized>> Rules = new()
    {
        [Intents.Greeting] = (tone, store) => tone switch
        {
            Tone.Formal => new($"안녕하십니까. {store} 고객 상담 도우미입니다. 무엇을 도와드릴까요?", $"您好，这里是{store}智能客服，请问有什么可以帮您？", $"Good day. This is the {store} assistant. How may I help you?"),
            Tone.Playful => new($"안녕하세요! {store} 도우미예요. 무엇이든 물어보세요!", $"哈喽～我是{store}的小助手，有什么想问的吗？", $"Hey there! {store}'s little helper here. What's up?"),
            _ => new($"안녕하세요! {store}입니다. 무엇을 도와드릴까요?", $"您好！这里是{store}，有什么可以帮您的吗？", $"Hi! This is {store}. How can I help?"),
        },
        [Intents.Thanks] = (tone, _) => tone switch
        {
            Tone.Formal => new("감사합니다. 추가로 문의하실 내용이 있으시면 말씀해 주십시오.", "不客气，如有其他问题请随时告知。", "You are welcome. Please let us know if there is anything else."),
            Tone.Playful => new("별말씀을요! 또 필요하면 불러 주세요!", "不客气呀～有需要随时叫我！", "Any time! Just shout if you need me again."),
            _ => new("도움이 되었다니 기뻐요. 더 궁금한 점이 있으면 말씀해 주세요.", "不客气！还有其他问题可以随时问我。", "You're welcome! Let me know if there's anything else."),
        },
        [Intents.Goodbye] = (tone, store) => tone switch
        {
            Tone.Formal => new($"{store}을(를) 이용해 주셔서 감사합니다. 좋은 하루 보내시기 바랍니다.", $"感谢您光临{store}，祝您生活愉快。", $"Thank you for visiting {store}. We wish you a pleasant day."),
            Tone.Playful => new("또 만나요! 좋은 하루 보내세요!", "拜拜～期待下次见面！", "See you soon! Have a great one!"),
            _ => new($"{store}을(를) 찾아 주셔서 감사합니다. 좋은 하루 보내세요!", $"感谢您的光临，祝您生活愉快！", $"Thanks for stopping by {store}. Have a nice day!"),
        },
        [Intents.BotIdentity] = (tone, store) => tone switch
        {
            Tone.Formal => new($"저는 {store}의 자동 상담 프로그램입니다. 원하시면 상담원을 연결해 드리겠습니다.", $"我是{store}的智能客服程序，如有需要可为您转接人工客服。", $"I am the automated assistant of {store}. I can connect you to our staff if you wish."),
            Tone.Playful => new($"저는 {store}의 챗봇이에요. 사람이 필요하면 언제든 불러 드릴게요!", $"我是{store}的机器人小助手，想找真人也可以叫我转接哦～", $"I'm {store}'s chatbot. Want a human? I can call one!"),
            _ => new($"저는 {store}의 자동 상담 챗봇이에요. 원하시면 상담원을 연결해 드릴게요.", $"我是{store}的智能客服机器人，需要的话可以为您转接人工客服。", $"I'm {store}'s automated assistant. I can bring in a person whenever you like."),
        },
    };

    public static string? Of(IntentId intent, Tone tone, string store, string language) =>
        Rules.TryGetValue(intent, out var rule) ? rule(tone, store).In(language) : null;
}
