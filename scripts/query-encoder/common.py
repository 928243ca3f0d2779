"""What the steps share: clauses of a text, sentences of a clause, the pairs, the network in PyTorch."""
import glob, hashlib, json, os, re

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
LEXICON = os.path.join(HERE, '../../lexicon')
ARTICLE = re.compile(r'(?m)^[\s　]*(第[一二三四五六七八九十百零〇]+条)[\s　]*')
HEADING = re.compile(r'\n[\s　]*第[一二三四五六七八九十]+[章节]')
LONGEST = 380  # characters of a sentence: well below 512 tokens


def squeeze(text):
    return re.sub(r'\s+', '', text)


def digest(clause):
    """As `clause` in clause-sayings.jsonl: the text without its number and without white space."""
    return hashlib.sha256(squeeze(clause).encode()).hexdigest()[:16]


def articles(path):
    bodies = (HEADING.split(part)[0] for part in ARTICLE.split(open(path, encoding='utf8').read())[2::2])
    return [squeeze(body) for body in bodies if len(squeeze(body)) >= 4]


def sentences(text):
    out = []
    for sentence in re.split(r'(?<=[。；;])', text):
        while len(sentence) > LONGEST:
            out.append(sentence[:LONGEST])
            sentence = sentence[LONGEST:]
        if out and len(sentence) <= 4:
            out[-1] += sentence
        elif sentence:
            out.append(sentence)
    return out


def rows(*paths):
    return [json.loads(line) for path in paths for line in open(path, encoding='utf8') if line.strip()]


def plan_rows():
    """Of clauses whose text we hold."""
    return rows(os.path.join(LEXICON, 'plan-sayings.jsonl'), os.path.join(HERE, 'plan-pairs.jsonl'))


def pairs():
    """Rows to train on, each with `clause`."""
    held = set(open(os.path.join(HERE, 'held-out.txt'), encoding='utf8').read().split('\n'))
    regulations = rows(os.path.join(LEXICON, 'clause-sayings.jsonl'), os.path.join(HERE, 'clause-pairs.jsonl'))
    plans = [{**r, 'clause': digest(r['text'])} for r in plan_rows()]
    return [r for r in regulations + plans if not r.get('heldOut') and r['document'] not in held]


def title(path):
    return re.sub(r'[(（]\d{4}-\d\d-\d\d[)）]\.txt$|\.txt$', '', os.path.basename(path))


def texts(folder):
    return sorted(glob.glob(os.path.join(folder, '**', '*.txt'), recursive=True))


def tokenizer(model_dir):
    from transformers import PreTrainedTokenizerFast
    special = dict(pad_token='[PAD]', cls_token='[CLS]', sep_token='[SEP]', unk_token='[UNK]', mask_token='[MASK]')
    return PreTrainedTokenizerFast(tokenizer_file=os.path.join(model_dir, 'tokenizer.json'), **special)


class Graph:
    """The int8 graph of the shipped model: which initializers hold which matrix of BertModel."""

    def __init__(self, path):
        import onnx
        from onnx import numpy_helper
        self.model = onnx.load(path)
        self.initializers = {i.name: i for i in self.model.graph.initializer}
        self.arrays = {name: numpy_helper.to_array(i) for name, i in self.initializers.items()}
        self.producer = {o: n for n in self.model.graph.node for o in n.output}

    def matrix_of(self, bias):
        """Name of the weights whose product the bias is added to: the exporter renamed them."""
        for node in self.model.graph.node:
            if node.op_type != 'Add' or bias not in node.input:
                continue
            name = next(i for i in node.input if i != bias)
            while name in self.producer:
                node = self.producer[name]
                if node.op_type == 'MatMulInteger':
                    return node.input[1].removesuffix('_quantized')
                name = node.input[0]
        return None

    def dequantised(self, name):
        values = self.arrays[name + '_quantized'].astype(np.float32)
        return (values - self.arrays[name + '_zero_point'].astype(np.float32)) * self.arrays[name + '_scale']

    def put(self, name, array):
        from onnx import numpy_helper
        self.initializers[name].CopyFrom(numpy_helper.from_array(np.ascontiguousarray(array), name))


def bert():
    from transformers import BertConfig, BertModel
    sizes = dict(vocab_size=21128, hidden_size=512, num_hidden_layers=4, num_attention_heads=8, intermediate_size=2048)
    return BertModel(BertConfig(**sizes, max_position_embeddings=512), add_pooling_layer=False)


def matrix_names(graph, keys):
    """Parameter of BertModel -> (initializer, quantised or not, transposed or not)."""
    out = {}
    for key in keys:
        if key in graph.arrays:
            out[key] = (key, False, False)
        elif key + '_quantized' in graph.arrays:
            out[key] = (key, True, False)
        elif key.endswith('.weight') and (name := graph.matrix_of(key[:-6] + 'bias')):
            out[key] = (name, True, True)
    return out
