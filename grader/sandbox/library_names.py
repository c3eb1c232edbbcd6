"""Names of modules: of libraries that learners use, and of files that they write themselves."""

from __future__ import annotations

_KNOWN = """
    absl accelerate aiohttp albumentations altair apex arviz autogluon autograd av avalanche
    bitsandbytes bokeh boto3 botorch braindecode brax bs4 cartopy cartpole catboost causalml
    cffi chainer chex clearml clip cloudpickle coloredlogs comet_ml cupy cv2 cvxopt cvxpy cython
    cytoolz d2l dask datasets datatable decord deepspeed descartes dgl diffrax diffusers dill
    distrax django dm_control dm_env docopt docx dotenv duckdb einops emcee ensmallen equinox
    evaluate fairscale faiss fastai fastapi fastcore fastprogress fasttext filelock fire flair
    flask flax folium fuzzywuzzy fvcore gdown gensim geopandas ggplot gluoncv gluonnlp gluonts
    google gpytorch gradio graphviz gym gymnasium h5py haiku healpy holoviews httpx
    huggingface_hub hydra hyperopt igraph imageio imageio_ffmpeg imblearn imgaug imutils IPython
    ipywidgets jax jaxlib jaxopt jaxtyping jieba joblib jsonlines jupyter jupyter_core kaggle
    keras keras_tuner keyring kornia langchain langdetect librosa lightgbm lightning
    lightning_fabric line_profiler llvmlite lmdb loguru lpips lxml marimo markdown matplotlib
    matplotlib_inline mediapipe memory_profiler mlflow mlxtend mmcv mmdet monai more_itertools
    moviepy mpmath msgpack multiprocess mxboard mxnet mypy nashpy natsort nbdev nbformat neptune
    netCDF4 networkx ninja nltk nptyping numba numexpr numpy numpyro nvidia ogb omegaconf onnx
    onnxruntime open3d openai opencv openml openpyxl opt_einsum optax optimum optuna orbax
    orjson paddle palettable pandas pandas_profiling patsy peft pettingzoo pickle5 PIL pingouin
    pip pkg_resources plotly plotnine pmdarima polars prettytable progressbar prophet psutil
    pyarrow pyaudio pycocotools pydantic pydicom pydot pygame pyglet pygraphviz pylab pymc pymc3
    pymongo pynvml pyod pyparsing PyQt5 PyQt6 pyro pystan pytesseract pytest pythoncom
    pytorch_forecasting pytorch_lightning pytorch_metric_learning pytorch_msssim pytorchvideo
    pytz pyvista pywt rasterio ray rdkit redis regex requests rich ruamel sacrebleu sagemaker
    scanpy scikeras scipy seaborn segment_anything segmentation_models_pytorch selenium
    sentence_transformers sentencepiece seqeval setuptools shap shapely simplejson six skimage
    sklearn skopt skorch snntorch sounddevice soundfile spacy sparse sqlalchemy
    stable_baselines3 stanza statsmodels streamlit sympy tables tabulate tensorboard
    tensorboardX tensorflow tensorflow_addons tensorflow_datasets tensorflow_hub
    tensorflow_probability tensorlayer termcolor textblob tf_keras thinc thop tianshou tifffile
    tiktoken timm tokenizers toml toolz torch torch_geometric torch_scatter torch_sparse
    torchaudio torchdata torchdiffeq torchinfo torchmetrics torchsde torchsummary torchtext
    torchtyping torchvision torchviz tornado tqdm transformers trax treelite triton trl tushare
    tweepy typeguard typing_extensions ujson umap unidecode visdom vit_pytorch wandb webdataset
    wget wordcloud xarray xformers xgboost Xlib xlrd xlsxwriter yaml yfinance yolov5 zarr zmq
"""
_LOCAL = """
    activation activations attention backward base batch blocks check checker classes cnn common
    conf config configs constants core data data_loader data_utils dataloader dataset
    datasets_utils decoder demo encoder engine eval evaluate_model exercise exercises forward
    func funcs functions grad gradient gradients helper helper_functions helpers homework hw
    init initializers layer layers lib linear load load_data loader loss losses main math_utils
    metric metrics misc mlp model model_utils models module modules my_utils mylib mymodel
    myutils net nets network networks nn_utils ops optim optimizer optimizers part plot
    plot_utils plots plotting preprocess preprocessing problem question regression rnn sampler
    settings setup_data shared softmax solution solutions solver src starter task test tests
    tool tools train train_utils trainer training transforms util utilities utils vis visualize
    week
"""
#: what libraries are imported as, beside those of Python; any other name may be a learner's file
KNOWN = frozenset(_KNOWN.split())
#: what learners call their own modules
LOCAL = frozenset(_LOCAL.split())
