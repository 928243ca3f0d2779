/** Commander's help and its complaints in Chinese. */
import { Command, Help, type Argument, type CommanderError, type Option } from 'commander';
import stringWidth from 'string-width';

const TITLES: Readonly<Record<string, string | undefined>> = {
  'Usage:': '用法：',
  'Arguments:': '参数：',
  'Options:': '选项：',
  'Commands:': '命令：',
};

/** Pads by the columns that Chinese takes on a terminal. */
class ChineseHelp extends Help {
  override displayWidth(text: string): number {
    return stringWidth(text);
  }
  override styleTitle(title: string): string {
    return TITLES[title] ?? title;
  }
  override commandUsage(command: Command): string {
    return super.commandUsage(command).replace('[options]', '[选项]').replace('[command]', '命令');
  }
  override subcommandTerm(command: Command): string {
    return super.subcommandTerm(command).replace('[options]', '[选项]');
  }
  override optionDescription(option: Option): string {
    return inChinese(super.optionDescription(option));
  }
  override argumentDescription(argument: Argument): string {
    return inChinese(super.argumentDescription(argument));
  }
}

function inChinese(description: string): string {
  return description.replace(/ \((?:default|choices): .*\)$/s, (extra) =>
    extra
      .replace(' (choices: ', '（可选：')
      .replace(' (default: ', '（缺省：')
      .replace(', default: ', '；缺省：')
      .replace(/\)$/, '）'),
  );
}

/** A command whose help, and whose subcommands' help, is in Chinese. */
export class ChineseCommand extends Command {
  override createHelp(): Help {
    return Object.assign(new ChineseHelp(), this.configureHelp());
  }
  override createCommand(name?: string): Command {
    return new ChineseCommand(name);
  }
}

/** A complaint of commander as a sentence that names the word complained about. */
export function usageProblem(error: CommanderError): string {
  const named = /'([^']*)'/.exec(error.message)?.[1] ?? '';
  const similar = /Did you mean (?:one of )?(.+?)\?/.exec(error.message)?.[1];
  const hint = similar ? `是否要用 ${similar}？` : '';
  const seeHelp = '用法见 tiaowen --help。';
  switch (error.code) {
    case 'commander.unknownOption':
      return `没有 ${named} 这个选项。${hint}${seeHelp}`;
    case 'commander.unknownCommand':
      return `没有 ${named} 这个命令。${hint}${seeHelp}`;
    case 'commander.missingArgument':
      return `缺少参数 ${named}。${seeHelp}`;
    case 'commander.optionMissingArgument':
      return `选项 ${named} 后面缺少值。${seeHelp}`;
    case 'commander.excessArguments':
      return `参数过多。含空格的文字请加引号。${seeHelp}`;
    case 'commander.invalidArgument':
      return `${named} 的值不合要求。${seeHelp}`;
    default:
      return `${error.message}。${seeHelp}`;
  }
}
