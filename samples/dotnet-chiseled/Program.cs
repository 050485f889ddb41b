var app = WebApplication.CreateBuilder(args).Build();
app.MapGet("/", () => "hello\n");
app.Run();
