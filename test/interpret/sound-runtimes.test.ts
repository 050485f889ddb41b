import { testSound } from '../support/sound.js';

testSound('another runtime', [
  [
    'runtimeconfig.json is edited',
    'FROM mcr.microsoft.com/dotnet/sdk:8.0 AS b\nCOPY . .\nRUN dotnet publish -o /out app.csproj && sed -i \'s/8.0.0/10.0.0/\' /out/app.runtimeconfig.json\nFROM mcr.microsoft.com/dotnet/runtime:10.0\nCOPY --from=b /out /app\nENTRYPOINT ["dotnet", "/app/app.dll"]\n',
    {
      'app.csproj':
        '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net8.0</TargetFramework></PropertyGroup></Project>\n',
    },
  ],
  [
    'an alternative of java',
    'FROM eclipse-temurin:25-jdk AS b\nRUN javac -d /out Main.java\nFROM debian:12\nRUN apt-get update && apt-get install -y openjdk-17-jre-headless && curl -L x | tar xz -C /opt && update-alternatives --install /usr/bin/java java /opt/jdk-25/bin/java 9999\nCOPY --from=b /out /out\nCMD ["java", "-cp", "/out", "Main"]\n',
    {},
  ],
  [
    'a JDK from an archive on PATH',
    'FROM eclipse-temurin:25-jdk AS b\nRUN javac -d /out Main.java\nFROM debian:12\nRUN apt-get update && apt-get install -y openjdk-17-jre-headless && curl -L x | tar xz -C /opt\nENV PATH=/opt/jdk-25/bin:$PATH\nCOPY --from=b /out /out\nCMD ["java", "-cp", "/out", "Main"]\n',
    {},
  ],
  [
    'a JDK from an archive by its path',
    'FROM eclipse-temurin:25-jdk AS b\nRUN javac -d /out Main.java\nFROM debian:12\nRUN apt-get update && apt-get install -y openjdk-17-jre-headless && curl -L x | tar xz -C /opt\nCOPY --from=b /out /out\nCMD ["/opt/jdk-25/bin/java", "-cp", "/out", "Main"]\n',
    {},
  ],
  [
    'a link over java',
    'FROM eclipse-temurin:25-jdk AS b\nRUN javac -d /out Main.java\nFROM eclipse-temurin:17-jre\nRUN curl -L x | tar xz -C /opt && ln -sf /opt/jdk-25/bin/java /opt/java/openjdk/bin/java\nCOPY --from=b /out /out\nCMD ["java", "-cp", "/out", "Main"]\n',
    {},
  ],
  [
    'an alternative of javac',
    'FROM debian:13 AS b\nRUN apt-get update && apt-get install -y openjdk-21-jdk-headless openjdk-25-jdk-headless && update-alternatives --set javac /usr/lib/jvm/java-21-openjdk-amd64/bin/javac\nRUN javac -d /out Main.java\nFROM eclipse-temurin:21-jre\nCOPY --from=b /out /out\nCMD ["java", "-cp", "/out", "Main"]\n',
    {},
  ],
  [
    'an alternative named python',
    'FROM debian:13\nRUN apt-get update && apt-get install -y python3 && update-alternatives --install /usr/bin/python python /usr/bin/python3 1\nHEALTHCHECK CMD ["python", "-c", "1"]\nCMD ["python", "x.py"]\n',
    {},
  ],
  [
    'a script changes the classes',
    'FROM amazoncorretto:25 AS b\nRUN javac -d /out Main.java && ./downgrade.sh /out\nFROM amazoncorretto:17\nCOPY --from=b /out /out\nCMD ["java", "-cp", "/out", "Main"]\n',
    {},
  ],
  [
    'javac of another JDK by its path',
    'FROM amazoncorretto:25 AS b\nENV JAVA_HOME=/opt/jdk17\nRUN $JAVA_HOME/bin/javac -d /out Main.java\nFROM amazoncorretto:17\nCOPY --from=b /out /out\nCMD ["java", "-cp", "/out", "Main"]\n',
    {},
  ],
  [
    '~/.mavenrc is written',
    'FROM maven:3-amazoncorretto-25 AS b\nCOPY . .\nRUN echo \'MAVEN_OPTS="-Dmaven.compiler.release=17"\' > ~/.mavenrc && mvn -B package\nFROM amazoncorretto:17\nCOPY --from=b /target/a.jar /a.jar\nCMD ["java", "-jar", "/a.jar"]\n',
    {
      'pom.xml':
        '<project><modelVersion>4.0.0</modelVersion><groupId>a</groupId><artifactId>a</artifactId><version>1</version><properties><maven.compiler.release>25</maven.compiler.release></properties></project>\n',
    },
  ],
  [
    "MSBuild's file is a here-document",
    'FROM mcr.microsoft.com/dotnet/sdk:10.0 AS b\nCOPY . .\nCOPY <<EOT Directory.Build.targets\n<Project><PropertyGroup><TargetFramework>net8.0</TargetFramework></PropertyGroup></Project>\nEOT\nRUN dotnet publish -o /out app.csproj\nFROM mcr.microsoft.com/dotnet/runtime:8.0\nCOPY --from=b /out /app\nENTRYPOINT ["dotnet", "/app/app.dll"]\n',
    {
      'app.csproj':
        '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>\n',
    },
  ],
  [
    'DOTNET_ROOT names another .NET',
    'FROM mcr.microsoft.com/dotnet/sdk:8.0 AS b\nCOPY . .\nRUN dotnet publish -o /out app.csproj\nFROM mcr.microsoft.com/dotnet/runtime:10.0\nCOPY --from=mcr.microsoft.com/dotnet/runtime:8.0 /usr/share/dotnet /opt/dn8\nENV DOTNET_ROOT=/opt/dn8\nCOPY --from=b /out /app\nENTRYPOINT ["/app/app"]\n',
    {
      'app.csproj':
        '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net8.0</TargetFramework></PropertyGroup></Project>\n',
    },
  ],
  [
    'another dotnet by its path',
    'FROM mcr.microsoft.com/dotnet/sdk:8.0 AS b\nCOPY . .\nRUN dotnet publish -o /out app.csproj\nFROM mcr.microsoft.com/dotnet/runtime:10.0\nCOPY --from=mcr.microsoft.com/dotnet/runtime:8.0 /usr/share/dotnet /opt/dn8\nCOPY --from=b /out /app\nENTRYPOINT ["/opt/dn8/dotnet", "/app/app.dll"]\n',
    {
      'app.csproj':
        '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net8.0</TargetFramework></PropertyGroup></Project>\n',
    },
  ],
]);
